package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.violations;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether the table of transitions is what happens to an appointment in the database, of each state to each other by each role. */
class TransitionsTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final Salon SALON = new Salon(PLATFORM);

    private final Appointments appointments = SALON.appointments();

    /** Begun two minutes ago, and over in one: no midnight lies within. */
    private static UUID begun = new UUID(0, 0);

    @BeforeAll
    static void book() {
        PLATFORM.execute("""
                update staff set working_hours = replace(replace(working_hours::text, '09:00', '00:00'), '17:00', '24:00')::jsonb
                where id = '%s'""".formatted(SALON.anna()));
        begun = bookedAt(Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(2, ChronoUnit.MINUTES));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static UUID bookedAt(Instant at) {
        UUID blink = SALON.service("Skin", 1, 0, 0, "10");
        AppointmentDraft draft = new AppointmentDraft(SALON.client(), blink, SALON.anna(), at, null, null, null, null);
        return booked(SALON.appointments().book(SALON.admin(), draft, null))
                .appointment()
                .id();
    }

    static Stream<Arguments> statuses() {
        return everyPair(AppointmentStatus.values());
    }

    static Stream<Arguments> payments() {
        return everyPair(PaymentStatus.values());
    }

    private static <S> Stream<Arguments> everyPair(S[] states) {
        List<Arguments> pairs = new ArrayList<>();
        for (S from : states) {
            for (S to : states) {
                for (Role role : Role.values()) {
                    pairs.add(Arguments.of(from, to, role));
                }
            }
        }
        return pairs.stream();
    }

    @ParameterizedTest
    @MethodSource("statuses")
    void status_ofEach_becomesWhatTheTableSays(AppointmentStatus from, AppointmentStatus to, Role role) {
        int version = put(from, PaymentStatus.PENDING);
        String reason = to == AppointmentStatus.CANCELLED ? ", \"cancellationReason\": \"PRACTICE\"" : "";

        AppointmentChange change = appointments.change(
                SALON.user(role), begun, version, patch("{\"status\": \"%s\"%s}".formatted(to, reason)));

        agree(change, Transitions.needed(from, to), role, "/status transition");
        boolean done = change instanceof AppointmentChange.Changed;
        AppointmentStatus now = done ? to : from;
        assertThat(stored())
                .isEqualTo("%s|PENDING|%d|%s"
                        .formatted(now, done ? version + 1 : version, now == AppointmentStatus.CANCELLED ? "f" : "t"));
    }

    @ParameterizedTest
    @MethodSource("payments")
    void payment_ofEach_becomesWhatTheTableSays(PaymentStatus from, PaymentStatus to, Role role) {
        int version = put(AppointmentStatus.COMPLETED, from);

        AppointmentChange change = appointments.change(
                SALON.user(role), begun, version, patch("{\"paymentStatus\": \"%s\"}".formatted(to)));

        agree(change, Transitions.needed(from, to), role, "/paymentStatus transition");
        boolean done = change instanceof AppointmentChange.Changed;
        assertThat(stored()).isEqualTo("COMPLETED|%s|%d|t".formatted(done ? to : from, done ? version + 1 : version));
    }

    /** Whoever gives two states is held to both. */
    @ParameterizedTest
    @EnumSource(Role.class)
    void statusAndPayment_together_takeThePermissionsOfBoth(Role role) {
        int version = put(AppointmentStatus.CONFIRMED, PaymentStatus.PENDING);

        AppointmentChange change = appointments.change(
                SALON.user(role), begun, version, patch("{\"status\": \"COMPLETED\", \"paymentStatus\": \"PAID\"}"));

        boolean may = SALON.user(role).may(Permission.APPOINTMENT_WRITE)
                && SALON.user(role).may(Permission.PAYMENT_WRITE);
        assertThat(change).isInstanceOf(may ? AppointmentChange.Changed.class : AppointmentChange.Forbidden.class);
        assertThat(stored())
                .isEqualTo(may ? "COMPLETED|PAID|" + (version + 1) + "|t" : "CONFIRMED|PENDING|" + version + "|t");
    }

    private void agree(AppointmentChange change, Optional<Permission> needed, Role role, String fault) {
        if (needed.isEmpty()) {
            assertThat(violations(change)).containsExactly(fault);
        } else if (SALON.user(role).may(needed.get())) {
            assertThat(change).isInstanceOf(AppointmentChange.Changed.class);
        } else {
            assertThat(change)
                    .isEqualTo(
                            new AppointmentChange.Forbidden("This change takes the permission " + needed.get() + "."));
        }
    }

    /** Puts the appointment in this state, as it would be; returns its version. */
    private static int put(AppointmentStatus status, PaymentStatus payment) {
        PLATFORM.execute(
                """
                update appointments set status = '%1$s', payment_status = '%2$s', cancellation_reason = case when '%1$s' = 'CANCELLED' then 'CLIENT' end,
                  late_cancellation = false
                where id = '%3$s'""".formatted(status, payment, begun),
                "update staff_bookings set blocking = '%s' <> 'CANCELLED' where appointment_id = '%s'"
                        .formatted(status, begun));
        return Integer.parseInt(PLATFORM.rows("select version from appointments where id = ?", begun)
                .getFirst());
    }

    private static String stored() {
        return PLATFORM.rows("""
                        select a.status, a.payment_status, a.version, b.blocking
                        from appointments a join staff_bookings b on b.appointment_id = a.id
                        where a.id = ?""", begun).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, false",
        "0, -1, true",
        "1, 61, false",
        "1, 59, true",
        "24, 1441, false",
        "24, 1439, true",
        "168, 10081, false",
        "168, 10079, true"
    })
    void cancellation_byTheClient_isLateOnceFewerHoursAreLeftThanThePracticesOwn(int hours, int minutes, boolean late) {
        PLATFORM.execute(
                "update practices set late_cancellation_hours = %d where id = '%s'".formatted(hours, SALON.practice()));
        for (CancellationReason reason : CancellationReason.values()) {
            UUID id = bookedAt(Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(20, ChronoUnit.DAYS));
            // To the second, which no booking is: so many minutes from the server's own now.
            PLATFORM.execute("""
                    with moved as (
                      update appointments set date_time = date_trunc('second', now()) + interval '%1$d minutes' where id = '%2$s' returning id, date_time)
                    update staff_bookings b set starts_at = moved.date_time, during = tstzrange(moved.date_time, moved.date_time + interval '1 minute'), blocking = false
                    from moved where b.appointment_id = moved.id""".formatted(minutes, id));
            AppointmentPatch cancel =
                    patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"%s\"}".formatted(reason));

            AppointmentChange change = appointments.change(SALON.admin(), id, 1, cancel);

            if (reason == CancellationReason.NO_SHOW && minutes > 0) {
                assertThat(violations(change)).containsExactly("/cancellationReason too-early");
            } else {
                assertThat(changed(change).appointment().lateCancellation())
                        .isEqualTo(late && reason == CancellationReason.CLIENT);
                assertThat(SALON.read(appointments, id).appointment().cancellationReason())
                        .isEqualTo(reason);
            }
        }
    }

    @Test
    void cancellation_thatTurnsOutToBeThePractices_isNoLongerLate() {
        int version = put(AppointmentStatus.CONFIRMED, PaymentStatus.PENDING);
        AppointmentPatch byClient = patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"CLIENT\"}");
        AppointmentPatch byPractice = patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}");

        assertThat(changed(appointments.change(SALON.admin(), begun, version, byClient))
                        .appointment()
                        .lateCancellation())
                .isTrue();
        assertThat(changed(appointments.change(SALON.admin(), begun, version + 1, byClient))
                        .appointment()
                        .lateCancellation())
                .as("said again")
                .isTrue();
        assertThat(changed(appointments.change(SALON.admin(), begun, version + 2, byPractice))
                        .appointment()
                        .lateCancellation())
                .isFalse();
    }
}
