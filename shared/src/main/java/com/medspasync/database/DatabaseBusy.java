package com.medspasync.database;

import org.jspecify.annotations.Nullable;

/** Others were in the way for too long: a lock or statement timeout, or conflicts that outlasted the retries. Nothing was changed. */
public final class DatabaseBusy extends DatabaseException {

    private static final long serialVersionUID = 1L;

    DatabaseBusy(String message, @Nullable String sqlState) {
        super(message, sqlState);
    }
}
