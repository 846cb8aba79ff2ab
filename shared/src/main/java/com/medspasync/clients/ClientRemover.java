package com.medspasync.clients;

import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Sight;
import com.medspasync.repository.BookedDeletion;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Outcome;
import com.medspasync.repository.Restoration;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes clients softly, and restores them. */
final class ClientRemover {

    /** How a restoration ended. */
    private enum End {
        DONE,
        /** Its keys were destroyed. */
        SHREDDED,
        MISSING,
        /** Somebody changed the record between the statement's snapshot and its update: another run sees what they did. */
        RACED
    }

    private static final Sql DELETE = BookedDeletion.of("clients", "upcoming_of_client");

    /**
     * A client that is not deleted is only read; so a restoration may be repeated, and is audited as what it was. The trigger's row of a
     * restoration knows no purpose: what was shown for one has a row of its own.
     */
    private static final Sql RESTORE = Sql.of("""
            with target as materialized (
              select deleted_at, %1$s
              from clients
              where practice_id = :practice::uuid and id = :id::uuid),
            %2$s,
            changed as (
              update clients set deleted_at = null, updated_at = :now::timestamptz, version = version + 1
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is not null
                and not (select keys_destroyed from keyring)
              returning %1$s),
            found as (
              select %1$s from changed
              union all
              select %1$s from target where deleted_at is null),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', 'clients', found.id, :address, :agent, :request::uuid, :purpose,
                :unmasked::jsonb
              from found cross join target cross join keyring
              where not keys_destroyed and target.deleted_at is null or :purpose::text is not null)
            select
              case
                when target.id is null then 'MISSING'
                when keyring.keys_destroyed then 'SHREDDED'
                when found.id is not null then 'DONE'
                else 'RACED'
              end as outcome,
              found.*, keyring.*
            from keyring
            left join target on true
            left join found on true""".formatted(ClientRow.COLUMNS, WrappedKeys.CTE));

    private record Restored(End end, @Nullable ClientRow row) {}

    private final PracticeDatabase database;
    private final ClientCipher cipher;
    private final WrappedKeyCache wrappedKeys;

    ClientRemover(PracticeDatabase database, ClientCipher cipher, WrappedKeyCache wrappedKeys) {
        this.database = database;
        this.cipher = cipher;
        this.wrappedKeys = wrappedKeys;
    }

    Deletion delete(Caller caller, UUID id, int version, Instant now) {
        Query query = DELETE.bind().uuid("id", id).integer("version", version).instant("now", now);
        return Outcome.settled(() -> database.one(caller, query, Outcome::deletion));
    }

    Restoration<ClientView> restore(Caller caller, UUID id, Instant now) {
        while (true) {
            Restored restored;
            try {
                restored = database.one(caller, restoration(caller, id, now), row -> {
                    End end = End.valueOf(row.text("outcome"));
                    return new Restored(end, end == End.DONE ? ClientRow.of(row) : null);
                });
            } catch (ConstraintViolated violated) {
                return new Restoration.Taken<>(ClientConstraints.takenField(violated));
            }
            if (restored.end() == End.MISSING) {
                return new Restoration.Missing<>();
            }
            if (restored.end() == End.SHREDDED) {
                return new Restoration.Shredded<>();
            }
            ClientRow row = restored.row();
            if (row != null) {
                wrappedKeys.keep(caller.practice(), id, row.keys());
                return new Restoration.Restored<>(cipher.view(caller, row));
            }
        }
    }

    private static Query restoration(Caller caller, UUID id, Instant now) {
        return RESTORE.bind()
                .uuid("id", id)
                .instant("now", now)
                .json("unmasked", Sight.of(caller).unmasked(ClientField.all()));
    }
}
