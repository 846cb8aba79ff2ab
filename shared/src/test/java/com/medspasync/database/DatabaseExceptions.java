package com.medspasync.database;

import java.time.Duration;

/** One of each failure, for tests of what is made of them. The messages stand for what must not be repeated. */
public final class DatabaseExceptions {

    private DatabaseExceptions() {}

    public static DatabaseException unavailable(String message, Duration retryAfter, boolean mayHaveCommitted) {
        return new DatabaseUnavailable(message, "08006", retryAfter, mayHaveCommitted);
    }

    public static DatabaseException busy(String message) {
        return new DatabaseBusy(message, "55P03");
    }

    public static DatabaseException violated(String message, String sqlState, String constraint) {
        return new ConstraintViolated(message, sqlState, constraint);
    }

    public static DatabaseException fault(String message) {
        return new DatabaseFault(message, "42P01");
    }
}
