package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.idempotency.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Bookings that are sent again, and what each operation costs. */
class BookingRetriesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final Platform COUNTED =
            PLATFORM.another(WIRE.settings(EmbeddedDatabase.APP).withPoolSize(1));

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void repeat_givesTheFirstAnswer_whateverBecameOfTheTermsSince() {
        AppointmentDraft draft = withNotes(salon.draft(at(3, "10:00")), "Zebra");
        AppointmentView first = booked(appointments.book(salon.admin(), draft, key("a", "body")));
        PLATFORM.execute("update services set price = 1, duration = 5, active = false where id = '%s'"
                .formatted(salon.facial()));

        assertThat(appointments.book(salon.admin(), draft, key("a", "body"))).isEqualTo(new Booking.Replayed(first));
        assertThat(appointments.book(salon.admin(), draft, key("a", "another"))).isEqualTo(new Booking.Mismatch());
        assertThat(PLATFORM.audited(first.appointment().id()))
                .as("a repeat, and a request that its answer was opened for")
                .containsExactly("CREATE", "READ", "READ");
    }

    @Test
    void booking_thatWasRefused_leavesItsKeyFree() {
        AppointmentView other = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        assertThat(appointments.book(salon.admin(), salon.draft(at(3, "10:30")), key("b", "body")))
                .isInstanceOf(Booking.Taken.class);
        appointments.delete(salon.admin(), other.appointment().id(), 1);
        booked(appointments.book(salon.admin(), salon.draft(at(3, "10:30")), key("b", "body")));
    }

    @Test
    void sameRequest_fromManyAtOnce_booksOnce() throws Exception {
        AppointmentDraft draft = salon.draft(at(3, "10:00"));
        List<Future<Booking>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int number = 0; number < 16; number++) {
                running.add(threads.submit(() -> appointments.book(salon.admin(), draft, key("c", "body"))));
            }
        }
        int bookings = 0;
        for (Future<Booking> one : running) {
            assertThat(one.get()).isInstanceOfAny(Booking.Booked.class, Booking.Replayed.class);
            bookings += one.get() instanceof Booking.Booked ? 1 : 0;
        }
        assertThat(bookings).isEqualTo(1);
        assertThat(PLATFORM.rows(
                        "select count(*) from appointments where practice_id = ?",
                        salon.practice().value()))
                .containsExactly("1");
    }

    @Test
    void everyOperation_takesOneRoundTrip_butForNotesOfAnUnknownClientAndForReasons() {
        Appointments counted = salon.appointmentsOn(COUNTED);
        booked(counted.book(salon.admin(), withNotes(salon.draft(at(2, "09:00")), "Warm"), null));
        List<UUID> ids = new ArrayList<>();
        for (int hour = 9; hour < 17; hour++) {
            String time = "%02d:00".formatted(hour);
            trips(
                    1,
                    () -> ids.add(booked(counted.book(
                                    salon.admin(),
                                    withNotes(salon.draft(at(3, time)), "Known by now"),
                                    key(time, "body")))
                            .appointment()
                            .id()));
        }
        UUID id = ids.get(0);
        for (int version = 1; version < 15; version += 2) {
            int now = version;
            trips(1, () -> counted.findById(salon.admin(), id, Set.of(Related.CLIENT)));
            trips(1, () -> counted.findAll(salon.admin(), day()));
            trips(1, () -> counted.change(salon.admin(), id, now, patch("{\"paymentStatus\": \"PAID\"}")));
            trips(2, () -> counted.change(salon.admin(), id, now + 1, patch("{\"notes\": \"Whose?\"}")));
            trips(1, () -> counted.history(salon.admin(), id, 10, null));
            trips(1, () -> counted.book(salon.admin(), salon.draft(at(3, "10:00")), null));
            trips(1, () -> counted.book(salon.admin(), salon.draft(at(3, "10:00")), key("late" + now, "body")));
            trips(2, () -> counted.book(salon.admin(), salon.draft(at(3, "04:00")), null));
        }
        trips(1, () -> counted.delete(salon.admin(), id, 15));
        trips(1, () -> counted.restore(salon.admin(), id));
    }

    private static AppointmentFilter day() {
        return Salon.ofDay(at(3, "10:00").atZone(Salon.ZONE).toLocalDate(), Set.of());
    }

    private static void trips(int expected, Runnable operation) {
        assertThat(WIRE.during(operation).count()).isEqualTo(expected);
    }

    private static IdempotencyKey key(String key, String body) {
        return IdempotencyKey.of(key, "POST /appointments", body);
    }
}
