package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.RowMapper;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reads one client. */
final class ClientReader {

    static final Sql FIND = statement("");

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final WrappedKeyCache wrappedKeys;

    ClientReader(PracticeDatabase database, ClientCipher cipher, WrappedKeyCache wrappedKeys) {
        this.database = database;
        this.cipher = cipher;
        this.wrappedKeys = wrappedKeys;
    }

    /**
     * The audit row is written by the statement that reads: there is no disclosure without it.
     *
     * @param columns more to be selected beside {@code found}
     */
    static Sql statement(String columns) {
        return Sql.of("""
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
                select found.*, keyring.*%s from found cross join keyring""".formatted(ClientRow.COLUMNS, WrappedKeys.CTE, columns));
    }

    Lookup<ClientView> findById(Caller caller, UUID id) {
        return find(caller, id, FIND, unmasked(caller, id), row -> true, (client, nothing) -> client);
    }

    <T> Lookup<Alongside.Accompanied<T>> findById(Caller caller, UUID id, Alongside<T> alongside) {
        String unmasked = unmasked(caller, id);
        String details = "{\"expand\": [\"%s\"]%s"
                .formatted(alongside.name(), unmasked == null ? "}" : ", " + unmasked.substring(1));
        return find(caller, id, alongside.sql(), details, alongside.mapper(), Alongside.Accompanied::new);
    }

    private static @Nullable String unmasked(Caller caller, UUID id) {
        return Sight.of(caller, id).unmasked(ClientField.all());
    }

    private record Hit<T>(ClientBase client, T more) {}

    /**
     * @param more reads what came along with the client
     * @param answer makes what is answered of what the caller sees of the client, and of that
     */
    private <T, R> Lookup<R> find(
            Caller caller,
            UUID id,
            Sql sql,
            @Nullable String details,
            RowMapper<T> more,
            BiFunction<ClientView, T, R> answer) {
        Optional<Hit<T>> hit = database.first(
                caller,
                sql.bind().uuid("id", id).json("unmasked", details),
                row -> new Hit<>(ClientBase.of(row), more.map(row)));
        if (hit.isEmpty()) {
            return new Lookup.Missing<>();
        }
        ClientBase client = hit.get().client();
        if (client.row().keys().destroyed()) {
            return new Lookup.Shredded<>();
        }
        if (client.deleted()) {
            return new Lookup.Gone<>();
        }
        wrappedKeys.keep(caller.practice(), id, client.row().keys());
        return new Lookup.Found<>(
                answer.apply(cipher.view(caller, client.row()), hit.get().more()));
    }
}
