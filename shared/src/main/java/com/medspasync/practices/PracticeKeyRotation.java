package com.medspasync.practices;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.job.JobStopped;
import com.medspasync.rotation.Stage;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import com.medspasync.tenant.PracticeId;
import java.util.List;

/**
 * The stages of replacing a practice's key. In the first the new version is the one to encrypt under, and blind indexes are kept under
 * both; when nothing but those stands under the old one, the second gives them up.
 *
 * <p>The old version stays, wrapped by the root key: what the audit holds of the practice's own fields, and answers that are kept for repeats,
 * are read with it.
 */
public final class PracticeKeyRotation {

    private static final Sql NEWEST = Sql.of("""
            select max(version) as newest, max(version) filter (where accepted) as accepted
            from practice_keys
            where practice_id = :practice::uuid""");

    private static final Sql COUNT = Sql.of("""
            select count(*) as clients
            from clients
            where practice_id = :practice::uuid""");

    private static final Sql ADD = Sql.of("""
            with %s,
            added as (
              insert into practice_keys (practice_id, version, root_version, wrapped, index_bits)
              select :practice::uuid, :to_version, :root_version, :wrapped, :index_bits
              from held
              where not exists (select from retired_root_keys where version = :root_version)
                and not keys_destroyed(:practice::uuid, :practice::uuid)
              on conflict do nothing
              returning version)
            select exists (select from added)
              or exists (select from practice_keys where practice_id = :practice::uuid and version = :to_version) as there,
              keys_destroyed(:practice::uuid, :practice::uuid) as destroyed""".formatted(Turn.HELD));

    private static final Sql RETIRE = Sql.of("""
            with %s
            update practice_keys
            set accepted = false
            where exists (select from held) and practice_id = :practice::uuid and version < :to_version and accepted""".formatted(Turn.HELD));

    private static final Sql STOP_INDEXING = Sql.of("""
            with %s
            update practice_keys
            set indexed = false
            where exists (select from held) and practice_id = :practice::uuid and version < :to_version and indexed""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;

    private PracticeKeyRotation(PracticeDatabase database, KeyHierarchy keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * The stages.
     *
     * @param database logged in for maintenance
     * @param encrypted what is encrypted or wrapped under a practice's key, blind indexes to be built among it
     * @param indexes blind indexes that are not kept any more
     */
    public static List<Stage> stages(
            PracticeDatabase database, KeyHierarchy keys, List<Sweep> encrypted, List<Sweep> indexes) {
        PracticeKeyRotation rotation = new PracticeKeyRotation(database, keys);
        return List.of(new Stage(rotation::replace, encrypted), new Stage(rotation::stopIndexing, indexes));
    }

    private record Versions(int newest, int accepted) {}

    private void replace(Turn turn) {
        PracticeId practice = turn.practice();
        if (turn.chosenTo().isEmpty()) {
            Versions versions = database.one(
                    turn.caller(), NEWEST.bind(), row -> new Versions(row.integer("newest"), row.integer("accepted")));
            turn.choose(versions.accepted(), versions.newest() + 1);
        }
        long clients = database.one(turn.caller(), COUNT.bind(), row -> row.bigint("clients"));
        if (!add(turn, clients)) {
            // The root's version was retired a moment ago.
            keys.refreshRoot();
            if (!add(turn, clients)) {
                throw new IllegalStateException("no version of the root key is accepted");
            }
        }
        database.update(turn.caller(), turn.hold(RETIRE.bind()).integer("to_version", turn.to()));
        keys.refresh(practice);
    }

    private boolean add(Turn turn, long clients) {
        WrappedPracticeKey key = keys.createPracticeKey(turn.practice(), turn.to(), clients);
        return database.one(
                turn.caller(),
                turn.hold(ADD.bind())
                        .integer("to_version", key.version())
                        .integer("root_version", key.rootVersion())
                        .bytes("wrapped", key.wrapped())
                        .integer("index_bits", key.indexBits()),
                PracticeKeyRotation::isThere);
    }

    private static boolean isThere(Row row) {
        if (row.bool("destroyed")) {
            throw new JobStopped("the keys have been destroyed");
        }
        return row.bool("there");
    }

    private void stopIndexing(Turn turn) {
        database.update(turn.caller(), turn.hold(STOP_INDEXING.bind()).integer("to_version", turn.to()));
    }
}
