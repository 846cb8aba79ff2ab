package com.medspasync.reporting;

import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.database.Transaction;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the summary of appointments up to date: counts the days anew that have changed, then refreshes the materialized view over them.
 *
 * <p>Whoever changes an appointment appends its instant to {@code summary_dirty}. A batch takes a bounded number of these, counts each
 * distinct local day of a practice from the appointments, and writes what came out, all in one statement and thus from one snapshot. Once a
 * batch leaves nothing of what its snapshot showed, the totals are those of that snapshot for every day of every practice; only then is the
 * view refreshed, so that it never mixes moments, and {@code asOf} is the beginning of that batch's transaction: whatever was committed by
 * then is counted. A practice whose time zone has changed is first broken up into its days.
 *
 * <p>What is left to do stands in the database, in the same transactions as what was done: a process may die anywhere and the next run goes
 * on. Any number of processes may run it at once; an advisory lock lets one through, taken as a statement of its own, because a statement
 * that waited for it would count from a snapshot that is older than the lock. Those that do not get it return at once. Thread-safe.
 */
public final class SummaryRefresh {

    /** What a run came to. */
    public enum Outcome {
        /** No total had changed: the view was right already. */
        CURRENT,
        /** The view shows what has changed. */
        REFRESHED,
        /** There was more to count than the time for it; the next run goes on. */
        UNFINISHED,
        /** Another process is at it. */
        BUSY
    }

    /** How old the view may be when it is wrong. */
    static final Duration LATE = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(SummaryRefresh.class);

    private static final int BATCH = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);

    private static final Sql LOCK = Sql.of("select pg_try_advisory_xact_lock(hashtext('summary_refresh')) as locked");

    /** Breaks up a whole practice. Its days that no appointment has any more, in its time zone as it is now, go at once. */
    private static final Sql BREAK_UP = Sql.of("""
            with taken as materialized (
              delete from summary_dirty
              where date_time is null
                and practice_id = (select practice_id from summary_dirty where date_time is null order by practice_id limit 1)
              returning practice_id),
            practice as materialized (
              select p.id, p.time_zone from practices p where p.id in (select practice_id from taken)),
            days as materialized (
              select p.id, (a.date_time at time zone p.time_zone)::date as day, min(a.date_time) as date_time
              from practice p
              join appointments a on a.practice_id = p.id
              where a.deleted_at is null
              group by 1, 2),
            marked as (
              insert into summary_dirty (practice_id, date_time) select id, date_time from days),
            emptied as (
              delete from daily_totals t
              using practice p
              where t.practice_id = p.id and not exists (select from days d where d.id = t.practice_id and d.day = t.day)),
            state as (
              update summary_state set counted_as_of = null, behind = true where exists (select from taken))
            select count(*) as taken from taken""");

    /**
     * Counts a batch, by the days' order: appointments of one time lie together on the disk. A local day need not be the time between two midnights: where clocks are put back at midnight it has two of them. So the
     * index narrows the search to more than the day, and the day itself decides.
     */
    private static final Sql COUNT = Sql.of("""
            with taken as materialized (
              delete from summary_dirty
              where ctid = any (array(select ctid from summary_dirty where date_time is not null limit :batch))
              returning practice_id, date_time),
            days as materialized (
              select distinct t.practice_id, p.time_zone, (t.date_time at time zone p.time_zone)::date as day
              from taken t
              join practices p on p.id = t.practice_id
              order by day, practice_id),
            counted as materialized (
              select d.practice_id, d.day, c.*
              from days d
              cross join lateral (
                select count(*) as total,
                  count(*) filter (where a.status = 'COMPLETED') as completed,
                  count(*) filter (where a.status = 'CANCELLED') as cancelled,
                  coalesce(sum(a.price) filter (where a.status <> 'CANCELLED'), 0) as revenue,
                  coalesce(sum(a.price) filter (where a.status = 'COMPLETED'), 0) as completed_revenue
                from appointments a
                where a.practice_id = d.practice_id and a.deleted_at is null
                  and a.date_time >= (d.day::timestamp at time zone d.time_zone) - interval '3 hours'
                  and a.date_time < ((d.day + 1)::timestamp at time zone d.time_zone) + interval '3 hours'
                  and (a.date_time at time zone d.time_zone)::date = d.day) c),
            written as (
              insert into daily_totals as t (
                practice_id, day, total_appointments, completed_appointments, cancelled_appointments, total_revenue, completed_revenue)
              select practice_id, day, total, completed, cancelled, revenue, completed_revenue from counted where total > 0
              on conflict (practice_id, day) do update
              set total_appointments = excluded.total_appointments, completed_appointments = excluded.completed_appointments,
                cancelled_appointments = excluded.cancelled_appointments, total_revenue = excluded.total_revenue,
                completed_revenue = excluded.completed_revenue, counted_at = now()
              where (t.total_appointments, t.completed_appointments, t.cancelled_appointments, t.total_revenue, t.completed_revenue)
                is distinct from (excluded.total_appointments, excluded.completed_appointments, excluded.cancelled_appointments,
                  excluded.total_revenue, excluded.completed_revenue)
              returning 1),
            emptied as (
              delete from daily_totals t
              using counted c
              where c.total = 0 and t.practice_id = c.practice_id and t.day = c.day
              returning 1),
            outcome as materialized (
              select (select count(*) from taken) as taken,
                exists (select from written) or exists (select from emptied) as changed,
                (select count(*) from taken) < :batch
                  and not exists (select from summary_dirty where date_time is null) as complete),
            state as (
              update summary_state s
              set counted_as_of = case when o.complete then now() end,
                behind = s.behind or o.changed,
                as_of = case when o.complete and not s.behind and not o.changed then now() else s.as_of end
              from outcome o
              returning s.behind)
            select o.taken, o.complete, s.behind from outcome o cross join state s""");

    private static final Sql DUE = Sql.of("""
            select behind and counted_as_of is not null as due from summary_state""");

    private static final Sql REFRESH = Sql.of("refresh materialized view concurrently appointment_summary");

    private static final Sql REFRESHED = Sql.of("update summary_state set as_of = counted_as_of, behind = false");

    private static final Sql STATE = Sql.of("""
            select as_of, behind or exists (select from summary_dirty) as outdated, now() as now
            from summary_state""");

    private final PracticeDatabase database;
    private final Supplier<UUID> ids;
    private final Clock clock;
    private final int batch;
    private final Duration longest;

    /**
     * Reaches into every practice.
     *
     * @param database logged in for maintenance
     * @param ids names each transaction as a request of the platform's own
     */
    public SummaryRefresh(PracticeDatabase database, Supplier<UUID> ids, Clock clock) {
        this(database, ids, clock, BATCH, LONGEST);
    }

    /**
     * @param batch how many changes are counted in one transaction
     * @param longest after which no batch is begun any more
     */
    SummaryRefresh(PracticeDatabase database, Supplier<UUID> ids, Clock clock, int batch, Duration longest) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
        this.batch = batch;
        this.longest = longest;
    }

    /**
     * Counts what has changed and refreshes the view, if any total has. It begins by raising the alarm when the view is wrong and older than
     * {@link #LATE}, so that one run that fails is told of by the next.
     *
     * @throws DatabaseException if the database cannot be reached, or somebody was in the way; the next run goes on
     */
    public Outcome run() {
        raiseAlarmIfLate();
        Instant end = clock.instant().plus(longest);
        long changes = 0;
        while (true) {
            Optional<Batch> counted = count();
            if (counted.isEmpty()) {
                return Outcome.BUSY;
            }
            changes += counted.get().taken();
            if (counted.get().complete()) {
                return told(counted.get().behind() ? refresh() : Outcome.CURRENT, changes);
            }
            if (!clock.instant().isBefore(end)) {
                return told(Outcome.UNFINISHED, changes);
            }
        }
    }

    private static Outcome told(Outcome outcome, long changes) {
        if (outcome != Outcome.CURRENT) {
            LOG.info("Summary of appointments: {} after {} changes", outcome, changes);
        }
        return outcome;
    }

    /**
     * What a batch came to.
     *
     * @param taken how many changes it counted
     * @param complete whether nothing was left of what its snapshot showed
     * @param behind whether the view is to be refreshed
     */
    record Batch(long taken, boolean complete, boolean behind) {}

    /** Counts one batch, in a transaction of its own; empty when another process is at it. */
    Optional<Batch> count() {
        return locked(transaction -> {
            transaction.one(BREAK_UP.bind(), row -> row.bigint("taken"));
            Query query = COUNT.bind().integer("batch", batch);
            return transaction.one(
                    query, row -> new Batch(row.bigint("taken"), row.bool("complete"), row.bool("behind")));
        });
    }

    /** Another process may have begun a batch since ours: then it also refreshes the view when it has counted all. */
    private Outcome refresh() {
        return locked(transaction -> {
                    if (!transaction.one(DUE.bind(), row -> row.bool("due"))) {
                        return Outcome.BUSY;
                    }
                    transaction.update(REFRESH.bind());
                    transaction.update(REFRESHED.bind());
                    return Outcome.REFRESHED;
                })
                .orElse(Outcome.BUSY);
    }

    private <T> Optional<T> locked(Function<Transaction, T> work) {
        return database.inTransaction(
                platform(),
                LONGEST_STATEMENT,
                transaction -> transaction.one(LOCK.bind(), row -> row.bool("locked"))
                        ? Optional.of(work.apply(transaction))
                        : Optional.empty());
    }

    private void raiseAlarmIfLate() {
        database.one(platform(), STATE.bind(), row -> {
            Duration age = Duration.between(row.instant("as_of"), row.instant("now"));
            if (row.bool("outdated") && age.compareTo(LATE) > 0) {
                LOG.error(
                        "ALARM summary-late: appointments have changed, and their summary is {} minutes old",
                        age.toMinutes());
            }
            return age;
        });
    }

    private Caller platform() {
        return Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
    }
}
