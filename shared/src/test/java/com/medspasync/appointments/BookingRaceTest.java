package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Deletion;
import com.medspasync.services.Examples;
import com.medspasync.staff.StaffExamples;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Somebody deletes a record while another, in a process of its own, is about to give an appointment to it: one of the two is refused. Each is stopped
 * half-way by a third, who holds what it needs next.
 */
class BookingRaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant TIME = at(5, "11:00");

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final Platform ANOTHER = PLATFORM.another(DATABASE.settings(EmbeddedDatabase.APP));

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();
    private final UUID peel = salon.service("Skin", 60, 0, 0, "90.00");
    private final UUID bea = salon.staff("Skin");
    private final UUID client = salon.newClient();

    /** What is deleted. */
    enum Subject {
        CLIENT,
        SERVICE,
        STAFF;

        String field() {
            return "/" + name().toLowerCase(Locale.ROOT) + "Id";
        }
    }

    /** How an appointment comes to take the time. */
    enum Way {
        BOOKING,
        MOVE,
        REINSTATEMENT,
        RESTORATION
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** A client who has an appointment that is moved cannot be deleted anyway. */
    static Stream<Arguments> pairs() {
        return Stream.of(Subject.values())
                .flatMap(subject -> Stream.of(Way.values()).map(way -> Arguments.of(subject, way)))
                .filter(pair -> !(pair.get()[0] == Subject.CLIENT && pair.get()[1] == Way.MOVE));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void delete_whileAnAppointmentIsTakingItsTime_waitsAndIsRefused(Subject subject, Way way) throws Exception {
        Attempt attempt = prepared(way);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection third = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = third.createStatement()) {
            third.setAutoCommit(false);
            statement.execute("""
                    insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                    values ('%1$s', gen_random_uuid(), '%2$s', '%3$s', tstzrange('%3$s', timestamptz '%3$s' + interval '1 hour'))""".formatted(salon.practice(), bea, TIME));
            Future<List<String>> taking = threads.submit(attempt::refusals);
            awaitWaiting(1, taking);
            Future<Deletion> deleting = threads.submit(() -> delete(subject));
            awaitWaiting(2, deleting);
            third.rollback();

            assertThat(taking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEmpty();
            assertThat(deleting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Deletion.Booked(1));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void appointment_whileItsRecordIsBeingDeleted_waitsAndIsRefused(Subject subject, Way way) throws Exception {
        Attempt attempt = prepared(way);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Connection third = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = third.createStatement()) {
            third.setAutoCommit(false);
            statement.execute(
                    switch (subject) {
                        case CLIENT -> "update clients set deleted_at = now() where id = '%s'".formatted(client);
                        case SERVICE -> "update services set deleted_at = now() where id = '%s'".formatted(peel);
                        case STAFF -> "update staff set deleted_at = now() where id = '%s'".formatted(bea);
                    });
            Future<List<String>> taking = threads.submit(attempt::refusals);
            awaitWaiting(1, taking);
            third.commit();

            assertThat(taking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .containsExactly(subject.field() + " unknown");
        }
    }

    /** Why it may not be; nothing when it was done. */
    private interface Attempt {
        List<String> refusals();
    }

    private Attempt prepared(Way way) {
        AppointmentDraft draft = new AppointmentDraft(client, peel, bea, TIME, null, null, null, null);
        return switch (way) {
            case BOOKING ->
                () -> {
                    Booking booking = appointments.book(salon.admin(), draft, null);
                    return booking instanceof Booking.Booked ? List.of() : violations(booking);
                };
            case MOVE -> {
                UUID id = id(new AppointmentDraft(
                        client, salon.facial(), salon.anna(), at(6, "09:00"), null, null, null, null));
                yield () -> refusals(appointments.change(
                        salon.admin(),
                        id,
                        1,
                        patch("{\"serviceId\": \"%s\", \"staffId\": \"%s\", \"dateTime\": \"%s\"}"
                                .formatted(peel, bea, TIME))));
            }
            case REINSTATEMENT -> {
                UUID id = id(draft);
                changed(appointments.change(
                        salon.admin(),
                        id,
                        1,
                        patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}")));
                yield () -> refusals(appointments.change(salon.admin(), id, 2, patch("{\"status\": \"SCHEDULED\"}")));
            }
            case RESTORATION -> {
                UUID id = id(draft);
                assertThat(appointments.delete(salon.admin(), id, 1)).isEqualTo(new Deletion.Deleted());
                yield () -> refusals(appointments.restore(salon.admin(), id));
            }
        };
    }

    private UUID id(AppointmentDraft draft) {
        return booked(appointments.book(salon.admin(), draft, null))
                .appointment()
                .id();
    }

    private static List<String> refusals(AppointmentChange change) {
        return change instanceof AppointmentChange.Changed ? List.of() : violations(change);
    }

    private Deletion delete(Subject subject) {
        return switch (subject) {
            case CLIENT -> ANOTHER.clients().delete(salon.admin(), client, 1);
            case SERVICE -> Examples.on(ANOTHER).delete(salon.admin(), peel, 1);
            case STAFF -> StaffExamples.on(ANOTHER).delete(salon.admin(), bea, 1);
        };
    }

    /** Until so many wait for a lock, or {@code last} has come to an end without. */
    private static void awaitWaiting(int count, Future<?> last) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String waiting =
                "select count(*) >= %d from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                        .formatted(count);
        while (!last.isDone() && !PLATFORM.rows(waiting).equals(List.of("t")) && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(last.isDone()).as("it waits").isFalse();
    }
}
