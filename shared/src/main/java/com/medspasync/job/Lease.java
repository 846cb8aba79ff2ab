package com.medspasync.job;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.RowMapper;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A worker's hold of a job. It lasts {@link #HOLD} from its last sign of life; then another worker may take over, and the fence it gets
 * makes every statement of this one change nothing. For one thread.
 */
public final class Lease {

    /** How long a worker that gives no sign of life is waited for. */
    public static final Duration HOLD = Duration.ofSeconds(60);

    /** The condition of a statement that changes the job's own row, bound by {@link #change} and {@link #own}. */
    public static final String OWN = "practice_id = :practice::uuid and id = :job::uuid and fence = :fence";

    private static final Map<JobTable, Sql> TAKE = JobTable.statements(table -> """
            update %s
            set status = 'PROCESSING', fence = fence + 1, held_until = now() + :hold::interval,
              version = version + case status when 'PENDING' then 1 else 0 end, updated_at = now()
            where practice_id = :practice::uuid and id = :job::uuid and status in ('PENDING', 'PROCESSING')
              and (held_until is null or held_until < now())
            returning fence""".formatted(table));

    private static final Map<JobTable, Sql> IS_UNFINISHED = JobTable.statements(table -> """
            select exists (
              select from %s
              where practice_id = :practice::uuid and id = :job::uuid and status in ('PENDING', 'PROCESSING')) as unfinished""".formatted(table));

    private static final Map<JobTable, Sql> KEEP =
            changing("held_until = now() + :hold::interval, done = done + :done");

    private static final Map<JobTable, Sql> COMPLETE = changing(
            "status = 'COMPLETED', error = null, held_until = null, completed_at = now(), version = version + 1");

    private static final Map<JobTable, Sql> FAIL =
            changing("status = 'FAILED', error = :error, held_until = null, version = version + 1");

    private static final Map<JobTable, Sql> RELEASE = changing("held_until = null");

    private final PracticeDatabase database;
    private final JobTable table;
    private final UUID job;
    private final long fence;

    private Lease(PracticeDatabase database, JobTable table, UUID job, long fence) {
        this.database = database;
        this.table = table;
        this.job = job;
        this.fence = fence;
    }

    private static Map<JobTable, Sql> changing(String assignments) {
        return JobTable.statements(table -> """
                update %s
                set %s, updated_at = now()
                where %s""".formatted(table, assignments, OWN));
    }

    /**
     * The common table expression that each statement of a job's work begins with, named {@code held}: one row while the worker holds the
     * job, and otherwise none. Whoever wants to take over waits for the statement, as it does for them. {@link #hold} binds it.
     */
    public static String held(JobTable table) {
        return """
                held as materialized (
                  select
                  from %s
                  where practice_id = platform_practice() and id = :job::uuid and fence = :fence
                  for update)""".formatted(table.table());
    }

    /**
     * Takes a job; empty when it is finished, unknown, or held by another.
     *
     * @param database logged in for maintenance
     */
    public static Optional<Lease> take(PracticeDatabase database, JobTable table, UUID job) {
        return database.first(
                platform(job),
                of(TAKE, table).bind().uuid("job", job).text("hold", HOLD.toString()),
                row -> new Lease(database, table, job, row.bigint("fence")));
    }

    /** Whether there is still something to be done, by whoever holds it. */
    static boolean isUnfinished(PracticeDatabase database, JobTable table, UUID job) {
        return database.one(
                platform(job), of(IS_UNFINISHED, table).bind().uuid("job", job), row -> row.bool("unfinished"));
    }

    /** The job's id, which is also the id of the request that its work is audited under. */
    public UUID job() {
        return job;
    }

    /** The platform at work on the job's own row. */
    public Caller caller() {
        return platform(job);
    }

    /** The platform at work for a practice. The audit names the job. */
    public Caller callerFor(PracticeId practice) {
        return Caller.platform(practice, new Origin(null, null, job));
    }

    /** Binds the parameters of {@link #held}. */
    public Query hold(Query query) {
        return query.uuid("job", job).bigint("fence", fence);
    }

    /**
     * Shows that this worker is alive, and how much it has done since.
     *
     * @throws LeaseLost when another worker has taken over; so do all that follow
     */
    public void keep(long done) {
        change(of(KEEP, table).bind().bigint("done", done).text("hold", HOLD.toString()));
    }

    /** Changes the job's row, by a statement under the condition {@link #OWN}. */
    public void change(Query query) {
        if (database.update(caller(), hold(query)) == 0) {
            throw new LeaseLost();
        }
    }

    /** As {@link #change}, for a statement that returns something of the row, or only reads it. */
    public <T> T own(Query query, RowMapper<T> mapper) {
        return database.first(caller(), hold(query), mapper).orElseThrow(LeaseLost::new);
    }

    void complete() {
        change(of(COMPLETE, table).bind());
    }

    void fail(String error) {
        change(of(FAIL, table).bind().text("error", error));
    }

    void release() {
        change(of(RELEASE, table).bind());
    }

    private static Sql of(Map<JobTable, Sql> statements, JobTable table) {
        return Objects.requireNonNull(statements.get(table));
    }

    private static Caller platform(UUID job) {
        return Caller.platform(PracticeId.PLATFORM, new Origin(null, null, job));
    }
}
