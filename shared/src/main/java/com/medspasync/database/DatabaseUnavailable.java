package com.medspasync.database;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The database cannot be reached, goes down or comes up, or had no free connection in time. */
public final class DatabaseUnavailable extends DatabaseException {

    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;
    private final boolean mayHaveCommitted;

    DatabaseUnavailable(String message, @Nullable String sqlState, Duration retryAfter, boolean mayHaveCommitted) {
        super(message, sqlState);
        this.retryAfter = retryAfter;
        this.mayHaveCommitted = mayHaveCommitted;
    }

    /** How long to wait before another try is worth it. */
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the connection broke after the statement was sent: then nobody knows if it took effect, and only an idempotent one may be repeated. */
    public boolean mayHaveCommitted() {
        return mayHaveCommitted;
    }
}
