package com.medspasync.database;

import org.jspecify.annotations.Nullable;

/** A mistake in this program or its schema: wrong SQL, a missing grant, a row that is not as expected. Repeating does not help. */
public final class DatabaseFault extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DatabaseFault(String message) {
        super(message, null);
    }

    DatabaseFault(String message, @Nullable String sqlState) {
        super(message, sqlState);
    }
}
