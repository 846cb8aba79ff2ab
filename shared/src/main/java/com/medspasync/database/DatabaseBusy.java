package com.medspasync.database;

import org.jspecify.annotations.Nullable;

/** Others were in the way for too long: a lock or statement timeout, or conflicts that outlasted the retries. Nothing was changed. */
public final class DatabaseBusy extends DatabaseException {

    private static final long serialVersionUID = 1L;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    DatabaseBusy(String message, @Nullable String sqlState) {
        super(message, sqlState);
    }

    /** Whether it was a single lock that somebody else held: for a repeated request, the first one that still runs. */
    public boolean ofLock() {
        return sqlState().equals(LOCK_NOT_AVAILABLE);
    }
}
