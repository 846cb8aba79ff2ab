package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.overriding;
import static com.medspasync.appointments.Salon.violations;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class BookingTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void book_withoutTerms_takesTheServices() {
        UUID peel = salon.service("Skin", 45, 10, 5, "99.50");
        Instant ten = at(3, "10:00");

        AppointmentView view = booked(appointments.book(
                salon.admin(),
                new AppointmentDraft(salon.client(), peel, salon.anna(), ten, null, null, "Bring\nthe form", null),
                null));

        Appointment appointment = view.appointment();
        assertThat(appointment.duration()).isEqualTo(45);
        assertThat(appointment.bufferBefore()).isEqualTo(10);
        assertThat(appointment.bufferAfter()).isEqualTo(5);
        assertThat(appointment.price()).isEqualTo(new BigDecimal("99.50"));
        assertThat(appointment.status()).isEqualTo(AppointmentStatus.SCHEDULED);
        assertThat(appointment.paymentStatus()).isEqualTo(PaymentStatus.PENDING);
        assertThat(appointment.version()).isEqualTo(1);
        assertThat(view.notes()).isEqualTo("Bring\nthe form");
        assertThat(salon.read(appointments, appointment.id())).isEqualTo(view);
        assertThat(PLATFORM.rows(
                        "select during = tstzrange(?::timestamptz, ?::timestamptz) from staff_bookings where appointment_id = ?",
                        ten.minus(Duration.ofMinutes(10)).toString(),
                        ten.plus(Duration.ofMinutes(50)).toString(),
                        appointment.id()))
                .containsExactly("t");
    }

    @Test
    void book_withTerms_takesThem() {
        AppointmentView view = booked(appointments.book(
                salon.admin(),
                new AppointmentDraft(
                        salon.client(),
                        salon.facial(),
                        salon.anna(),
                        at(3, "10:00"),
                        90,
                        new BigDecimal("80.00"),
                        null,
                        null),
                null));

        assertThat(view.appointment().duration()).isEqualTo(90);
        assertThat(view.appointment().price()).isEqualTo(new BigDecimal("80.00"));
        assertThat(salon.read(appointments, view.appointment().id())).isEqualTo(view);
    }

    @Test
    void book_whatIsNotThere_namesEveryField() {
        AppointmentDraft draft = new AppointmentDraft(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), at(3, "10:00"), null, null, null, null);

        assertThat(violations(appointments.book(salon.admin(), draft, null)))
                .containsExactlyInAnyOrder("/clientId unknown", "/serviceId unknown", "/staffId unknown");
        assertThat(violations(appointments.book(salon.admin(), withNotes(draft, "x"), null)))
                .containsExactlyInAnyOrder("/clientId unknown", "/serviceId unknown", "/staffId unknown");
    }

    @Test
    void book_whatBelongsToAnotherPractice_isUnknown() {
        Salon other = new Salon(PLATFORM);
        AppointmentDraft draft = new AppointmentDraft(
                other.client(), other.facial(), other.anna(), at(3, "10:00"), null, null, null, null);

        assertThat(violations(appointments.book(salon.admin(), draft, null)))
                .containsExactlyInAnyOrder("/clientId unknown", "/serviceId unknown", "/staffId unknown");
    }

    @Test
    void book_againstTheRules_namesEveryRuleAndLetsThroughWhoGivesAReason() {
        UUID laser = salon.service("Laser", 60, 0, 0, "300");
        AppointmentDraft draft =
                new AppointmentDraft(salon.client(), laser, salon.anna(), at(3, "16:30"), null, null, null, null);

        assertThat(violations(appointments.book(salon.admin(), draft, null)))
                .containsExactlyInAnyOrder("/staffId not-offered", "/dateTime not-working");

        AppointmentView view = booked(appointments.book(salon.admin(), overriding(draft), null));
        assertThat(PLATFORM.rows(
                        "select details->>'reason' from audit_logs where action = 'OVERRIDE' and record_id = ?",
                        view.appointment().id()))
                .containsExactly("Asked by the owner");
    }

    @Test
    void book_withAReasonThatWasNotNeeded_overridesNothing() {
        AppointmentView view = booked(appointments.book(salon.admin(), overriding(salon.draft(at(3, "10:00"))), null));
        assertThat(PLATFORM.audited(view.appointment().id())).containsExactly("CREATE");
    }

    @Test
    void book_longAgo_isRefused() {
        assertThat(violations(appointments.book(salon.admin(), salon.draft(at(-3, "10:00")), null)))
                .containsExactly("/dateTime past");
    }

    @Test
    void book_withWhoIsInactive_isRefusedWhateverTheReason() {
        PLATFORM.execute("update staff set active = false where id = '%s'".formatted(salon.anna()));
        PLATFORM.execute("update services set active = false where id = '%s'".formatted(salon.facial()));
        assertThat(violations(appointments.book(salon.admin(), overriding(salon.draft(at(3, "10:00"))), null)))
                .containsExactlyInAnyOrder("/staffId inactive", "/serviceId inactive");
    }

    @Test
    void book_aTimeThatIsTaken_namesWhatTakesIt() {
        UUID peel = salon.service("Skin", 30, 0, 15, "50");
        AppointmentView first = booked(appointments.book(
                salon.admin(),
                new AppointmentDraft(salon.client(), peel, salon.anna(), at(3, "10:00"), null, null, null, null),
                null));

        assertThat(appointments.book(salon.admin(), overriding(salon.draft(at(3, "10:30"))), null))
                .isEqualTo(new Booking.Taken(new Clash(first.appointment().id(), at(3, "10:00"), at(3, "10:45"))));
        booked(appointments.book(salon.admin(), salon.draft(at(3, "10:45")), null));
        assertThat(appointments.book(salon.admin(), salon.draft(at(3, "09:01")), null))
                .isInstanceOf(Booking.Taken.class);
        booked(appointments.book(salon.admin(), salon.draft(at(3, "09:00")), null));
    }
}
