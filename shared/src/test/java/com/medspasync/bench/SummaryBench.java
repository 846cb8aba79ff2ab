package com.medspasync.bench;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.reporting.SummaryRefresh;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/**
 * What it takes to bring the summary of appointments up to date, against a materialized view straight over the appointments that has the same
 * columns, in one run: after 1, 1,000 and 100,000 changes, at 1 and 5 million appointments on 365,000 days of practices.
 *
 * <p>Other sizes can be given as arguments. Changes are marks of random instants: the days are counted, and what comes out is what was there, so
 * that counting and refreshing can be timed apart. The appointments lie on the disk as they do when they are booked up to sixty days before. Of the
 * indexes that have nothing to do with it the tables have none, so that they fill in minutes.
 */
public final class SummaryBench {

    private static final int PRACTICES = 200;
    private static final int DAYS = 1_825;
    private static final int MILLION = 1_000_000;
    private static final int ROUNDS = 3;

    private static final String RIVAL = """
            create materialized view rival as
            with days as (
              select a.practice_id, (a.date_time at time zone p.time_zone)::date as appointment_date, count(*) as total_appointments,
                count(*) filter (where a.status = 'COMPLETED') as completed_appointments,
                count(*) filter (where a.status = 'CANCELLED') as cancelled_appointments,
                coalesce(sum(a.price) filter (where a.status <> 'CANCELLED'), 0) as total_revenue,
                coalesce(sum(a.price) filter (where a.status = 'COMPLETED'), 0) as completed_revenue
              from appointments a
              join practices p on p.id = a.practice_id
              where a.deleted_at is null
              group by 1, 2)
            select *,
              round(completed_appointments::numeric / total_appointments, 4) as completion_rate,
              round(cancelled_appointments::numeric / total_appointments, 4) as cancellation_rate,
              round(sum(total_appointments) over week / 7.0, 2) as average_appointments_7_days,
              round(sum(total_appointments) over month / 28.0, 2) as average_appointments_28_days,
              round(sum(total_revenue) over week / 7, 2) as average_revenue_7_days,
              round(sum(total_revenue) over month / 28, 2) as average_revenue_28_days
            from days
            window
              week as (partition by practice_id order by appointment_date range between interval '6 days' preceding and current row),
              month as (partition by practice_id order by appointment_date range between interval '27 days' preceding and current row)""";

    private final EmbeddedDatabase database;
    private final SummaryRefresh refresh;

    private SummaryBench(EmbeddedDatabase database, PracticeDatabase maintenance) {
        this.database = database;
        this.refresh = new SummaryRefresh(maintenance, UUID::randomUUID, Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.migrated()) {
            SummaryBench bench = new SummaryBench(database, database.open(EmbeddedDatabase.MAINTENANCE));
            bench.prepare();
            int[] sizes = arguments.length == 0
                    ? new int[] {MILLION, 5 * MILLION}
                    : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
            int before = PRACTICES;
            for (int size : sizes) {
                bench.grow(size - before);
                bench.measure(size);
                before = size;
            }
        }
    }

    private void prepare() throws SQLException {
        database.execute("""
                insert into practices (id, name, time_zone)
                select ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, 'Bench',
                  (array['America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Asia/Tokyo'])[1 + n %% 4]
                from generate_series(1, %d) n""".formatted(PRACTICES));
        try (Connection connection = database.connect(EmbeddedDatabase.OWNER);
                Statement statement = connection.createStatement()) {
            for (String index : new String[] {"staff", "client", "service", "status", "payment_status"}) {
                statement.execute("drop index appointments_" + index);
            }
        }
        grow(PRACTICES);
        database.execute(RIVAL, "create unique index rival_day on rival (practice_id, appointment_date)");
    }

    /** Without triggers: what they cost is not asked here. */
    private void grow(int appointments) {
        long start = System.nanoTime();
        database.execute(
                "set session_replication_role = replica", """
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price, status)
                select ('00000000-0000-0000-0001-' || lpad((1 + n %% %1$d)::text, 12, '0'))::uuid, uuidv7(), one.id, one.id, one.id, at, 60,
                  (50 + random() * 300)::numeric(12, 2),
                  (array['COMPLETED', 'COMPLETED', 'COMPLETED', 'CANCELLED', 'SCHEDULED'])[1 + (random() * 4)::int]
                from (
                  select n, %3$s + make_interval(days => (random() * %2$d)::int, mins => (600 + random() * 500)::int) as at
                  from generate_series(1, %4$d) n) days
                cross join (select uuidv7() as id) one
                order by at - random() * interval '60 days'""".formatted(PRACTICES, DAYS - 1, first(), appointments));
        database.execute("vacuum analyze appointments");
        mark("""
                select a.practice_id, min(a.date_time)
                from appointments a
                join practices p on p.id = a.practice_id
                group by a.practice_id, (a.date_time at time zone p.time_zone)::date""");
        System.out.printf(Locale.ROOT, "%n%,d more in %.0f s%n", appointments, seconds(start));
    }

    /** The first midnight of the year that the first partition is of. */
    private static String first() {
        return "date_trunc('year', now() - interval '3 years')";
    }

    private void measure(int appointments) throws SQLException {
        long start = System.nanoTime();
        while (refresh.run() != SummaryRefresh.Outcome.REFRESHED) {
            System.out.println("  goes on");
        }
        System.out.printf(
                Locale.ROOT, "%,d appointments: all days counted and shown in %.1f s%n", appointments, seconds(start));
        database.execute("vacuum analyze daily_totals", "vacuum summary_dirty");
        double[] counting = new double[3];
        int[] changes = {1, 1_000, 100_000};
        double[] ours = new double[ROUNDS];
        double[] rival = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ours[round] = timed("refresh materialized view concurrently appointment_summary");
            rival[round] = timed("refresh materialized view concurrently rival");
        }
        for (int i = 0; i < changes.length; i++) {
            double[] counted = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                counted[round] = count(changes[i]);
            }
            counting[i] = Rounds.median(counted);
        }
        double refreshing = Rounds.median(ours);
        double against = Rounds.median(rival);
        System.out.printf(
                Locale.ROOT,
                "  refreshing: %.2f s, of the view straight over the appointments %.2f s%n",
                refreshing,
                against);
        for (int i = 0; i < changes.length; i++) {
            System.out.printf(
                    Locale.ROOT,
                    "  %,7d changes: counted in %.3f s, counted and shown %.2f s, ratio %.1f%n",
                    changes[i],
                    counting[i],
                    counting[i] + refreshing,
                    against / (counting[i] + refreshing));
        }
    }

    private double count(int changes) {
        mark("""
                select ('00000000-0000-0000-0001-' || lpad((1 + n %% %1$d)::text, 12, '0'))::uuid,
                  %2$s + make_interval(days => (random() * %3$d)::int, hours => 15)
                from generate_series(1, %4$d) n""".formatted(PRACTICES, first(), DAYS - 1, changes));
        long start = System.nanoTime();
        SummaryRefresh.Outcome outcome = refresh.run();
        double seconds = seconds(start);
        if (outcome != SummaryRefresh.Outcome.CURRENT) {
            throw new IllegalStateException("what was counted again was " + outcome);
        }
        return seconds;
    }

    private void mark(String select) {
        database.execute("insert into summary_dirty (practice_id, date_time) " + select);
    }

    private double timed(String sql) throws SQLException {
        try (Connection connection = database.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            statement.execute(sql);
            return seconds(start);
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
