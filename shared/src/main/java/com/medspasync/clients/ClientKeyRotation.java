package com.medspasync.clients;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.NewClientKey;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.job.JobStopped;
import com.medspasync.rotation.Stage;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.List;

/**
 * The stages of replacing a client's own key, which is done when somebody may have it: in the first everything of the client is encrypted under the
 * new version, in record and history; in the second the old version is deleted, and with it whatever the other would have been good for.
 */
public final class ClientKeyRotation {

    private static final Sql NEWEST = Sql.of("""
            select max(version) as newest, max(version) filter (where accepted) as accepted
            from client_keys
            where practice_id = :practice::uuid and client_id = :client::uuid
            having count(*) > 0""");

    private static final Sql ADD = Sql.of("""
            with %s,
            added as (
              insert into client_keys (practice_id, client_id, version, practice_key_version, wrapped)
              select :practice::uuid, :client::uuid, :to_version, :practice_key_version, :wrapped
              from held
              where exists (
                select from practice_keys where practice_id = :practice::uuid and version = :practice_key_version and accepted)
                and not keys_destroyed(:practice::uuid, :client::uuid)
              on conflict do nothing
              returning version)
            select exists (select from added)
              or exists (
                select from client_keys
                where practice_id = :practice::uuid and client_id = :client::uuid and version = :to_version) as there,
              keys_destroyed(:practice::uuid, :client::uuid) as destroyed""".formatted(Turn.HELD));

    private static final Sql RETIRE = Sql.of("""
            with %s
            update client_keys
            set accepted = false
            where exists (select from held) and practice_id = :practice::uuid and client_id = :client::uuid
              and version < :to_version and accepted""".formatted(Turn.HELD));

    private static final Sql DELETE = Sql.of("""
            with %s,
            deleted as (
              delete from client_keys
              where exists (select from held) and practice_id = :practice::uuid and client_id = :client::uuid
                and version < :to_version
              returning version)
            insert into audit_logs (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
            select :practice::uuid, :user::uuid, 'ROTATE', 'clients', :client::uuid, :address, :agent, :request::uuid,
              jsonb_build_object('from', max(version), 'to', :to_version)
            from deleted
            having count(*) > 0""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;

    private ClientKeyRotation(PracticeDatabase database, KeyHierarchy keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * The stages.
     *
     * @param database logged in for maintenance
     * @param encrypted what is encrypted under a client's key: records before what keeps their past values, which changes as they do
     */
    public static List<Stage> stages(PracticeDatabase database, KeyHierarchy keys, List<Sweep> encrypted) {
        ClientKeyRotation rotation = new ClientKeyRotation(database, keys);
        return List.of(new Stage(rotation::replace, encrypted), new Stage(rotation::deleteOld, List.of()));
    }

    private record Versions(int newest, int accepted) {}

    private void replace(Turn turn) {
        if (turn.chosenTo().isEmpty()) {
            Versions versions = database.first(
                            turn.caller(),
                            NEWEST.bind().uuid("client", turn.client()),
                            row -> new Versions(row.integer("newest"), row.integer("accepted")))
                    .orElseThrow(() -> new JobStopped("the keys have been destroyed"));
            turn.choose(versions.accepted(), versions.newest() + 1);
        }
        if (!add(turn)) {
            // The practice's version was retired a moment ago.
            keys.refresh(turn.practice());
            if (!add(turn)) {
                throw new IllegalStateException("no version of the practice's key is accepted");
            }
        }
        database.update(
                turn.caller(),
                turn.hold(RETIRE.bind()).uuid("client", turn.client()).integer("to_version", turn.to()));
    }

    private boolean add(Turn turn) {
        NewClientKey key = keys.createClientKey(turn.practice(), turn.client(), turn.to());
        return database.one(
                turn.caller(),
                turn.hold(ADD.bind())
                        .uuid("client", turn.client())
                        .integer("to_version", turn.to())
                        .integer("practice_key_version", key.practiceKeyVersion())
                        .bytes("wrapped", key.wrapped()),
                ClientKeyRotation::isThere);
    }

    private static boolean isThere(Row row) {
        if (row.bool("destroyed")) {
            throw new JobStopped("the keys have been destroyed");
        }
        return row.bool("there");
    }

    private void deleteOld(Turn turn) {
        database.update(
                turn.caller(),
                turn.hold(DELETE.bind()).uuid("client", turn.client()).integer("to_version", turn.to()));
    }
}
