package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.tenant.Caller;
import java.util.Optional;
import java.util.UUID;

/** A client as it stands in the database, deleted or not. */
record ClientBase(boolean deleted, ClientRow row) {

    /** For a change that cannot be encrypted before. What it reads stays inside: the change that follows is audited, and so is what it answers. */
    private static final Sql FETCH = Sql.of("""
            with %s
            select %s, deleted_at is not null as deleted, keyring.*
            from clients cross join keyring
            where practice_id = :practice::uuid and id = :id::uuid""".formatted(WrappedKeys.CTE, ClientRow.COLUMNS));

    static ClientBase of(Row row) {
        return new ClientBase(row.bool("deleted"), ClientRow.of(row));
    }

    /** Empty when the practice has no such client. */
    static Optional<ClientBase> fetch(PracticeDatabase database, Caller caller, UUID id) {
        return database.first(caller, FETCH.bind().uuid("id", id), ClientBase::of);
    }
}
