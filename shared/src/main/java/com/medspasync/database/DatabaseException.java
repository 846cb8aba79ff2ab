package com.medspasync.database;

import org.jspecify.annotations.Nullable;

/**
 * A statement that did not do its work. The closed family that a caller, or the edge, tells apart in one switch.
 *
 * <p>No message and no cause carries a value that was bound or read: what PostgreSQL and the driver say is reduced to error codes
 * and names before it gets here.
 */
public abstract sealed class DatabaseException extends RuntimeException
        permits DatabaseUnavailable, DatabaseBusy, ConstraintViolated, StatementRefused, SessionEnded, DatabaseFault {

    private static final long serialVersionUID = 1L;

    private final String sqlState;

    DatabaseException(String message, @Nullable String sqlState) {
        super(message);
        this.sqlState = sqlState == null ? "" : sqlState;
    }

    /** The SQLSTATE behind this, as in PostgreSQL's appendix A; empty where there was none. */
    public final String sqlState() {
        return sqlState;
    }
}
