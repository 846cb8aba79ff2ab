package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.patch;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Many who want the same time at once, on two instances. */
class DoubleBookingTest {

    private static final int WRITERS = 64;

    /** On a machine that has other work all of them still wait their turn: what is tested is who wins, and not how soon. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();

    /** As many connections as writers, of the 200 that this process's own server has: none waits for one that another has. */
    private static final DatabaseSettings SETTINGS = DATABASE.settings(EmbeddedDatabase.APP)
            .withPoolSize(WRITERS / 2)
            .withPoolWait(PATIENCE)
            .withTimeouts(PATIENCE, PATIENCE, PATIENCE);

    private static final Platform PLATFORM = Platform.on(DATABASE, SETTINGS);
    private static final Platform ANOTHER = PLATFORM.another(SETTINGS);

    private final Salon salon = new Salon(PLATFORM);
    private final List<Appointments> instances = List.of(salon.appointments(), salon.appointmentsOn(ANOTHER));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void sameSlots_wantedByManyAtOnce_areEachGivenToOne() throws Exception {
        List<Instant> slots = new ArrayList<>();
        for (int slot = 0; slot < 16; slot++) {
            slots.add(at(2 + slot / 8, "09:00").plus(Duration.ofHours(slot % 8)));
        }
        List<Integer> won = atOnce(writer -> () -> {
            int wins = 0;
            for (Instant slot : slots) {
                switch (instances.get(writer % 2).book(salon.admin(), salon.draft(slot), null)) {
                    case Booking.Booked booked -> wins++;
                    case Booking.Taken taken -> assertThat(taken.clash().from()).isEqualTo(slot);
                    case Booking other -> throw new AssertionError(other.toString());
                }
            }
            return wins;
        });

        assertThat(won.stream().mapToInt(Integer::intValue).sum()).isEqualTo(slots.size());
        assertNobodyIsTwiceBooked(slots.size());
    }

    @Test
    void moves_ofManyIntoEachOthersTime_leaveNobodyTwiceBooked() throws Exception {
        UUID[] staff = {salon.anna(), salon.staff("Skin"), salon.staff("Skin")};
        List<UUID> ids = new ArrayList<>();
        for (int number = 0; number < WRITERS; number++) {
            ids.add(booked(instances
                            .get(0)
                            .book(
                                    salon.admin(),
                                    salon.draft(
                                            staff[number % 3],
                                            at(3 + number / 24, "09:00").plus(Duration.ofHours(number / 3 % 8))),
                                    null))
                    .appointment()
                    .id());
        }
        atOnce(writer -> () -> {
            Random random = new Random(writer);
            UUID id = ids.get(writer);
            for (int move = 0; move < 8; move++) {
                int version = salon.read(instances.get(0), id).appointment().version();
                String change = move % 4 == 3
                        ? "{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}"
                        : "{\"status\": \"SCHEDULED\", \"dateTime\": \"%s\", \"staffId\": \"%s\"}"
                                .formatted(
                                        at(3 + random.nextInt(3), "09:00")
                                                .plus(Duration.ofMinutes(30L * random.nextInt(14))),
                                        staff[random.nextInt(3)]);
                AppointmentChange outcome = instances.get(writer % 2).change(salon.admin(), id, version, patch(change));
                assertThat(outcome).isInstanceOfAny(AppointmentChange.Changed.class, AppointmentChange.Taken.class);
            }
            return salon.read(instances.get(0), id).appointment().version();
        });

        assertNobodyIsTwiceBooked(WRITERS);
    }

    /** Told by the appointments themselves, and not by what excludes it. */
    private void assertNobodyIsTwiceBooked(int appointments) {
        assertThat(PLATFORM.rows(
                        "select count(*) from appointments where practice_id = ?",
                        salon.practice().value()))
                .containsExactly(Integer.toString(appointments));
        assertThat(PLATFORM.rows("""
                        select a.id, b.id
                        from appointments a
                        join appointments b on b.practice_id = a.practice_id and b.staff_id = a.staff_id and b.id > a.id
                          and b.status <> 'CANCELLED' and b.deleted_at is null
                          and tstzrange(a.date_time, a.date_time + make_interval(mins => a.duration))
                            && tstzrange(b.date_time, b.date_time + make_interval(mins => b.duration))
                        where a.practice_id = ? and a.status <> 'CANCELLED' and a.deleted_at is null""", salon.practice().value())).isEmpty();
        assertThat(PLATFORM.rows("""
                        select a.id
                        from appointments a
                        left join staff_bookings b on b.practice_id = a.practice_id and b.appointment_id = a.id
                        where a.practice_id = ?
                          and (b.staff_id, b.starts_at, lower(b.during), b.blocking) is distinct from (a.staff_id, a.date_time, a.date_time, a.status <> 'CANCELLED')""", salon.practice().value()))
                .as("appointments whose booking says something else")
                .isEmpty();
    }

    private interface Writer<T> {
        Callable<T> number(int writer);
    }

    private static <T> List<T> atOnce(Writer<T> writers) throws Exception {
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                Callable<T> writer = writers.number(number);
                running.add(threads.submit(() -> {
                    start.await();
                    return writer.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
            }
            return results;
        }
    }
}
