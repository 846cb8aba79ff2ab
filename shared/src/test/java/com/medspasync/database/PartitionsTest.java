package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.medspasync.notice.Logged;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    private static final Sql BOOK = Sql.of("""
            insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
            values (:practice::uuid, :id::uuid, :client::uuid, :service::uuid, :staff::uuid, :at::timestamptz, 60, 1)""");

    private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    private final Partitions partitions = new Partitions(database.open(EmbeddedDatabase.MAINTENANCE), 1);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepAhead_whereAllIsThere_makesNothingAndSaysHowFarItReaches() {
        try (Logged log = new Logged()) {
            partitions.keepAhead();

            assertThat(log.alarms()).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("Partitions: 0 made"));
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("Partitions: appointments until " + (thisYear() + 3) + "-01-01T"));
        }
    }

    @Test
    void keepAhead_makesWhatIsLacking_onceByManyAtATime() throws Exception {
        dropMonths(5, 12);
        database.execute("drop table appointments_" + (thisYear() + 2));
        Callable<Integer> premake = new Partitions(database.open(EmbeddedDatabase.MAINTENANCE))::premake;
        int made = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> one : threads.invokeAll(List.of(premake, premake, premake, premake))) {
                made += one.get();
            }
        }

        assertThat(made).isEqualTo(2 * 8 + 1);
    }

    @Test
    void keepAhead_whereATableStaysLocked_givesUpAndTheNextSucceeds() throws SQLException {
        dropMonths(2, 12);
        try (Logged log = new Logged();
                Session other = Session.as(database, EmbeddedDatabase.OWNER)) {
            other.connection().setAutoCommit(false);
            other.update("lock table audit_logs in share update exclusive mode");
            assertThatExceptionOfType(DatabaseBusy.class).isThrownBy(partitions::keepAhead);
            assertThat(log.alarms())
                    .hasSize(2)
                    .allSatisfy(alarm -> assertThat(alarm).contains("partitions-missing audit_"));
            other.connection().rollback();
        }
        try (Logged log = new Logged()) {
            partitions.keepAhead();
            assertThat(log.alarms()).isEmpty();
            assertThat(log.lines()).anyMatch(line -> line.contains("Partitions: 22 made"));
        }
    }

    @Test
    void keepAhead_whereAMonthIsMissingInBetween_saysThatItIsNotHeldOn() throws SQLException {
        dropMonths(2, 2);
        try (Logged log = new Logged();
                Session other = Session.as(database, EmbeddedDatabase.OWNER)) {
            other.connection().setAutoCommit(false);
            other.update("lock table audit_subjects in share update exclusive mode");
            assertThatExceptionOfType(DatabaseBusy.class).isThrownBy(partitions::keepAhead);
            assertThat(log.alarms()).anyMatch(alarm -> alarm.contains("from " + month(2).atDay(1) + "T00:00:00Z on"));
        }
    }

    @Test
    void keepAhead_withLessThanAYearOfAppointments_raisesTheAlarm() throws SQLException {
        database.execute("drop table appointments_" + (thisYear() + 1), "drop table appointments_" + (thisYear() + 2));
        try (Logged log = new Logged();
                Session other = Session.as(database, EmbeddedDatabase.OWNER)) {
            other.connection().setAutoCommit(false);
            other.update("lock table appointments in share update exclusive mode");
            assertThatExceptionOfType(DatabaseBusy.class).isThrownBy(partitions::keepAhead);
            assertThat(log.alarms()).singleElement().asString().contains("partitions-missing appointments");
        }
    }

    @Test
    void appointment_beyondTheLastPartition_isAViolationThatNamesIt() throws SQLException {
        PracticeExample glow = PracticeExample.in(database);
        Caller caller = Caller.platform(new PracticeId(glow.practice()), new Origin(null, null, UUID.randomUUID()));
        PracticeDatabase app = database.open(EmbeddedDatabase.APP);
        Query beyond = BOOK.bind()
                .uuid("id", UUID.randomUUID())
                .uuid("client", glow.client())
                .uuid("service", glow.service())
                .uuid("staff", glow.staff())
                .text("at", (thisYear() + 3) + "-01-01T00:00:00Z");

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> app.update(caller, beyond))
                .satisfies(e -> assertThat(e.constraint()).isEqualTo("appointments.partition"))
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("23514"));
    }

    private void dropMonths(int first, int last) {
        for (int ahead = first; ahead <= last; ahead++) {
            String month = month(ahead).toString().replace('-', '_');
            Stream.of("audit_logs_", "audit_subjects_")
                    .forEach(table -> database.execute("drop table " + table + month));
        }
    }

    private static YearMonth month(int ahead) {
        return YearMonth.now(ZoneOffset.UTC).plusMonths(ahead);
    }

    private static int thisYear() {
        return YearMonth.now(ZoneOffset.UTC).getYear();
    }
}
