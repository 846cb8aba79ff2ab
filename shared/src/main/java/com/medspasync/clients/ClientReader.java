package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.util.Optional;
import java.util.UUID;

/** Reads one client. */
final class ClientReader {

    /** The audit row is written by the statement that reads: there is no disclosure without it. */
    static final Sql FIND = Sql.of("""
            with found as materialized (
              select %s, deleted_at is not null as deleted
              from clients
              where practice_id = :practice::uuid and id = :id::uuid),
            %s,
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', 'clients', id, :address, :agent, :request::uuid, :purpose,
                :unmasked::jsonb
              from found cross join keyring
              where not deleted and not keys_destroyed)
            select * from found cross join keyring""".formatted(ClientRow.COLUMNS, WrappedKeys.CTE));

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final WrappedKeyCache wrappedKeys;

    ClientReader(PracticeDatabase database, ClientCipher cipher, WrappedKeyCache wrappedKeys) {
        this.database = database;
        this.cipher = cipher;
        this.wrappedKeys = wrappedKeys;
    }

    Lookup<ClientView> findById(Caller caller, UUID id) {
        Optional<ClientBase> hit = database.first(
                caller,
                FIND.bind().uuid("id", id).json("unmasked", Sight.of(caller, id).unmasked(ClientField.all())),
                ClientBase::of);
        if (hit.isEmpty()) {
            return new Lookup.Missing<>();
        }
        ClientRow row = hit.get().row();
        if (row.keys().destroyed()) {
            return new Lookup.Shredded<>();
        }
        if (hit.get().deleted()) {
            return new Lookup.Gone<>();
        }
        wrappedKeys.keep(caller.practice(), id, row.keys());
        return new Lookup.Found<>(cipher.view(caller, row));
    }
}
