package com.medspasync.reporting;

import static com.medspasync.reporting.SummaryRefresh.Outcome.BUSY;
import static com.medspasync.reporting.SummaryRefresh.Outcome.CURRENT;
import static com.medspasync.reporting.SummaryRefresh.Outcome.REFRESHED;
import static com.medspasync.reporting.SummaryRefresh.Outcome.UNFINISHED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.notice.Logged;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummaryRefreshTest {

    private static final String VIEW_AGE = "update summary_state set as_of = now() - interval '%s'";

    private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    private final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    private final SummaryRefresh refresh = new SummaryRefresh(maintenance, UUID::randomUUID, Clock.systemUTC());
    private final Spa spa = Spa.in(database, "America/New_York");
    private Connection app;

    @BeforeEach
    void connect() throws SQLException {
        app = spa.connect();
    }

    @AfterEach
    void close() throws SQLException {
        app.close();
        database.close();
    }

    @Test
    void run_countsThePracticesOwnDays() throws SQLException {
        UUID evening = spa.book(app, "2026-07-02T03:59:00Z", "100.10");
        spa.book(app, "2026-07-02T04:00:00Z", "20");
        UUID cancelled = spa.book(app, "2026-07-02T15:00:00Z", "3");
        spa.change(app, evening, "status = 'COMPLETED'");
        spa.change(app, cancelled, "status = 'CANCELLED'");

        assertThat(refresh.run()).isEqualTo(REFRESHED);

        assertThat(Summaries.read(database, """
                        select appointment_date, total_appointments, completed_appointments, cancelled_appointments, total_revenue,
                          completed_revenue, completion_rate, cancellation_rate, average_appointments_7_days, average_revenue_7_days
                        from appointment_summary order by 1"""))
                .containsExactly(
                        "2026-07-01 1 1 0 100.10 100.10 1.0000 0.0000 0.14 14.30",
                        "2026-07-02 2 0 1 20.00 0.00 0.0000 0.5000 0.43 17.16");
    }

    @Test
    void run_whereNothingHasChanged_isCurrentAndSaysSo() throws SQLException {
        spa.book(app, "2026-07-02T15:00:00Z", "3");
        assertThat(refresh.run()).isEqualTo(REFRESHED);
        database.execute(VIEW_AGE.formatted("10 minutes"));

        assertThat(refresh.run()).isEqualTo(CURRENT);

        assertThat(Summaries.read(database, "select now() - as_of < interval '1 minute' from summary_state"))
                .containsExactly("t");
    }

    @Test
    void run_afterAChangeThatNoTotalShows_doesNotRefresh() throws SQLException {
        UUID appointment = spa.book(app, "2026-07-02T15:00:00Z", "3");
        refresh.run();
        spa.change(app, appointment, "status = 'CONFIRMED'");

        assertThat(refresh.run()).isEqualTo(CURRENT);
        assertThat(Summaries.read(database, "select count(*) from summary_dirty"))
                .containsExactly("0");
    }

    @Test
    void run_whenADayLosesItsLastAppointment_losesTheDay() throws SQLException {
        UUID appointment = spa.book(app, "2026-07-02T15:00:00Z", "3");
        refresh.run();
        spa.change(app, appointment, "deleted_at = now()");

        assertThat(refresh.run()).isEqualTo(REFRESHED);
        assertThat(Summaries.read(database, Summaries.VIEW)).isEmpty();
    }

    @Test
    void run_afterAnotherTimeZone_countsAllDaysAnew() throws SQLException {
        spa.book(app, "2026-07-02T03:00:00Z", "3");
        spa.book(app, "2026-03-08T06:30:00Z", "4");
        refresh.run();
        Spa.update(app, "update practices set time_zone = 'Asia/Tokyo'");

        assertThat(refresh.run()).isEqualTo(REFRESHED);

        assertThat(Summaries.read(
                        database, "select appointment_date, total_revenue from appointment_summary order by 1"))
                .containsExactly("2026-03-08 4.00", "2026-07-02 3.00");
        Summaries.assertExact(database);
    }

    /** In Havana clocks go back from 01:00 to midnight: the day begins twice. In Cairo the first hour of a day is skipped. */
    @Test
    void run_ofDaysWhoseMidnightComesTwiceOrNever_countsThemWhole() throws SQLException {
        for (String zone : List.of("America/Havana", "Africa/Cairo", "Atlantic/Azores", "Australia/Lord_Howe")) {
            Spa odd = Spa.in(database, zone);
            try (Connection connection = odd.connect()) {
                Spa.update(
                        connection,
                        """
                        insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
                        select ?, gen_random_uuid(), ?, ?, ?, at, 15, 1
                        from generate_series('2026-01-01'::timestamptz, '2026-12-31', interval '30 minutes') at""",
                        odd.id().value(),
                        odd.client(),
                        odd.service(),
                        odd.staff().getFirst());
            }
        }

        assertThat(refresh.run()).isEqualTo(REFRESHED);

        Summaries.assertExact(database);
    }

    @Test
    void run_ofMoreThanABatch_countsAllOfIt() throws SQLException {
        bookDays(50);

        assertThat(of(7, Duration.ofMinutes(1)).run()).isEqualTo(REFRESHED);

        Summaries.assertExact(database);
    }

    @Test
    void run_whoseTimeIsOver_stopsBetweenBatchesAndTheNextGoesOn() throws SQLException {
        bookDays(50);
        SummaryRefresh hurried = of(20, Duration.ZERO);

        assertThat(hurried.run()).isEqualTo(UNFINISHED);
        assertThat(Summaries.read(database, Summaries.VIEW))
                .as("nothing of a part")
                .isEmpty();
        assertThat(hurried.run()).isEqualTo(UNFINISHED);
        assertThat(hurried.run()).isEqualTo(REFRESHED);

        Summaries.assertExact(database);
    }

    @Test
    void run_afterACrashBetweenCountingAndRefreshing_refreshes() throws SQLException {
        bookDays(3);
        assertThat(refresh.count().orElseThrow()).isEqualTo(new SummaryRefresh.Batch(3, true, true));
        assertThat(Summaries.read(database, "select count(*) from summary_dirty"))
                .containsExactly("0");

        assertThat(of(10, Duration.ZERO).run()).isEqualTo(REFRESHED);

        Summaries.assertExact(database);
    }

    @Test
    void run_whoseRefreshIsKilled_isMadeGoodByTheNext() throws Exception {
        bookDays(3);
        try (Connection other = database.connect(EmbeddedDatabase.SUPERUSER)) {
            other.setAutoCommit(false);
            Spa.update(other, "alter materialized view appointment_summary set (autovacuum_enabled = true)");
            assertThatExceptionOfType(DatabaseBusy.class).isThrownBy(refresh::run);
            Thread dying = Thread.ofPlatform()
                    .start(() -> assertThatExceptionOfType(Exception.class).isThrownBy(refresh::run));
            kill("%refresh materialized view%");
            dying.join();
            other.rollback();
        }
        assertThat(Summaries.read(database, Summaries.VIEW)).isEmpty();

        assertThat(refresh.run()).isEqualTo(REFRESHED);

        Summaries.assertExact(database);
    }

    @Test
    void run_besideAnother_returnsAtOnce() throws SQLException {
        bookDays(3);
        try (Connection other = database.connect(EmbeddedDatabase.MAINTENANCE)) {
            other.setAutoCommit(false);
            Spa.rows(other, "select pg_advisory_xact_lock(hashtext('summary_refresh'))");
            assertThat(refresh.run()).isEqualTo(BUSY);
            other.rollback();
        }
        assertThat(refresh.run()).isEqualTo(REFRESHED);
    }

    @Test
    void run_ofAViewThatIsWrongForOverAnHour_raisesTheAlarm() throws SQLException {
        refresh.run();
        try (Logged log = new Logged()) {
            database.execute(VIEW_AGE.formatted("2 hours"));
            refresh.run();
            assertThat(log.alarms()).as("nothing has changed").isEmpty();

            spa.book(app, "2026-07-02T15:00:00Z", "3");
            database.execute(VIEW_AGE.formatted("59 minutes"));
            refresh.run();
            assertThat(log.alarms()).isEmpty();

            spa.book(app, "2026-07-02T15:00:00Z", "3");
            database.execute(VIEW_AGE.formatted("61 minutes"));
            assertThat(refresh.run()).isEqualTo(REFRESHED);
            assertThat(log.alarms())
                    .singleElement()
                    .asString()
                    .contains("ALARM summary-late")
                    .contains("61 minutes");
        }
    }

    private SummaryRefresh of(int batch, Duration longest) {
        return new SummaryRefresh(maintenance, UUID::randomUUID, Clock.systemUTC(), batch, longest);
    }

    private void bookDays(int days) throws SQLException {
        for (int day = 0; day < days; day++) {
            spa.book(
                    app,
                    "2026-0" + (1 + day / 25) + "-" + (10 + day % 25 % 15) + "T1" + day % 10 + ":00:00Z",
                    "" + day);
        }
    }

    /** Ends whoever waits with such a statement, within ten seconds. */
    private void kill(String statement) throws SQLException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (Connection superuser = database.connect(EmbeddedDatabase.SUPERUSER)) {
            while (Spa.rows(superuser, """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock' and query ilike ?""", statement).isEmpty()) {
                assertThat(System.nanoTime())
                        .as("waited too long for " + statement)
                        .isLessThan(deadline);
            }
        }
    }
}
