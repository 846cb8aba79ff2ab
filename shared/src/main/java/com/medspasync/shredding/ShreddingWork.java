package com.medspasync.shredding;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobRunner;
import com.medspasync.job.Lease;
import java.time.Duration;
import java.util.List;

/**
 * What there is to be done to destroy keys.
 *
 * <p>The keys go in one statement, which also leaves behind that they did, in {@code destroyed_keys} and in the audit. From its commit on
 * nothing that they encrypted can be read by any instance, because a client's key comes with every read and is cached by none; and
 * nothing can be written, because every statement that encrypts looks for its key. What would bring a key back is stopped before. What was derived from what they encrypted is cleared afterwards, some at a time. Thread-safe.
 */
public final class ShreddingWork implements JobRunner.Work {

    private static final int BATCH = 500;
    private static final Duration TURN = Duration.ofMinutes(5);

    /** Those that passed before keep a practice's keys from being deleted, by their foreign key: then it is tried again. */
    private static final Sql REFUSE_WRITERS = Sql.of("""
            with %s
            update practice_keys
            set accepted = false
            where exists (select from held) and practice_id = :practice::uuid and accepted and :client::uuid is null""".formatted(Shred.HELD));

    private static final Sql DESTROY = Sql.of("""
            with %s,
            client_doom as (
              delete from client_keys
              where exists (select from held) and practice_id = :practice::uuid
                and (:client::uuid is null or client_id = :client::uuid)
              returning version),
            practice_doom as (
              delete from practice_keys
              where exists (select from held) and practice_id = :practice::uuid and :client::uuid is null
              returning version),
            doomed as (
              select (select count(*) from client_doom) as clients, (select count(*) from practice_doom) as practices),
            closed as (
              update practices
              set deleted_at = now(), updated_at = now(), version = version + 1
              where exists (select from held) and practice_id = :practice::uuid and :client::uuid is null and deleted_at is null),
            marked as (
              insert into destroyed_keys (practice_id, client_id, shredding_id)
              select :practice::uuid, coalesce(:client::uuid, '00000000-0000-0000-0000-000000000000'), :job::uuid
              from held
              on conflict do nothing),
            audited as (
              insert into audit_logs (practice_id, user_id, action, table_name, record_id, request_id, details)
              select :practice::uuid, :user::uuid, 'ERASE', case when :client::uuid is null then 'practice_keys' else 'client_keys' end,
                coalesce(:client::uuid, :practice::uuid), :request::uuid,
                jsonb_build_object('shredding', :job::uuid, 'clientKeys', clients, 'practiceKeys', practices)
              from doomed
              where clients + practices > 0)
            update key_shreddings
            set client_keys = client_keys + clients, practice_keys = practice_keys + practices, destroyed_at = now(),
              certifiable_at = now() + :kept::interval, version = version + 1, updated_at = now()
            from doomed
            where exists (select from held) and practice_id = platform_practice() and id = :job::uuid and fence = :fence
              and (destroyed_at is null or clients + practices > 0)""".formatted(Shred.HELD));

    private final PracticeDatabase database;
    private final List<Remnant> before;
    private final List<Remnant> after;
    private final Duration keyBackupsKept;

    /**
     * The work.
     *
     * @param database logged in for maintenance
     * @param before what would bring keys back
     * @param after what was derived from what the keys encrypt
     * @param keyBackupsKept how long a backup that holds keys may live
     */
    public ShreddingWork(
            PracticeDatabase database, List<Remnant> before, List<Remnant> after, Duration keyBackupsKept) {
        this.database = database;
        this.before = List.copyOf(before);
        this.after = List.copyOf(after);
        this.keyBackupsKept = keyBackupsKept;
    }

    @Override
    public JobRunner.Progress goOn(Lease lease) {
        long deadline = System.nanoTime() + TURN.toNanos();
        Shred shred = Shred.of(lease);
        if (!clear(before, shred, deadline)) {
            return new JobRunner.Progress.Unfinished(Duration.ZERO);
        }
        database.update(shred.caller(), shred.bind(REFUSE_WRITERS));
        database.update(shred.caller(), shred.bind(DESTROY).text("kept", keyBackupsKept.toString()));
        return clear(after, shred, deadline)
                ? new JobRunner.Progress.Finished()
                : new JobRunner.Progress.Unfinished(Duration.ZERO);
    }

    /** False when the deadline has passed before all were clear. */
    private static boolean clear(List<Remnant> remnants, Shred shred, long deadline) {
        for (Remnant remnant : remnants) {
            for (long cleared = remnant.clear(shred, BATCH); cleared > 0; cleared = remnant.clear(shred, BATCH)) {
                shred.keep(cleared);
                if (System.nanoTime() > deadline) {
                    return false;
                }
            }
        }
        return true;
    }
}
