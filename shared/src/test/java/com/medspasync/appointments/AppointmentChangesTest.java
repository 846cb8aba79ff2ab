package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.inMinutes;
import static com.medspasync.appointments.Salon.overriding;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.violations;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AppointmentChangesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void reschedule_toATimeThatIsTaken_isRefusedAndLeavesEverythingAsItWas() {
        AppointmentView first = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        AppointmentView second = booked(appointments.book(salon.admin(), salon.draft(at(3, "12:00")), null));
        UUID id = second.appointment().id();

        assertThat(appointments.change(salon.admin(), id, 1, patch("{\"dateTime\": \"%s\"}".formatted(at(3, "10:30")))))
                .isEqualTo(new AppointmentChange.Taken(
                        new Clash(first.appointment().id(), at(3, "10:00"), at(3, "11:00"))));
        assertThat(salon.read(appointments, id)).isEqualTo(second);
    }

    @Test
    void reschedule_intoAnotherYearAndToSomebodyElse_movesTheBookingAndRemindsAgain() {
        UUID bea = salon.staff("Skin");
        AppointmentView view =
                booked(appointments.book(salon.admin(), withNotes(salon.draft(at(3, "10:00")), "Allergic"), null));
        UUID id = view.appointment().id();
        PLATFORM.execute("update appointments set reminder_sent = true where id = '%s'".formatted(id));
        Instant later = at(400, "11:00");

        AppointmentView moved = changed(appointments.change(
                salon.admin(), id, 1, patch("{\"dateTime\": \"%s\", \"staffId\": \"%s\"}".formatted(later, bea))));

        assertThat(moved.appointment().dateTime()).isEqualTo(later);
        assertThat(moved.appointment().staff()).isEqualTo(bea);
        assertThat(moved.appointment().reminderSent()).isFalse();
        assertThat(moved.appointment().version()).isEqualTo(2);
        assertThat(moved.notes()).isEqualTo("Allergic");
        assertThat(salon.read(appointments, id)).isEqualTo(moved);
        assertThat(PLATFORM.rows(
                        "select staff_id, starts_at = ?::timestamptz, blocking from staff_bookings where appointment_id = ?",
                        later.toString(),
                        id))
                .containsExactly(bea + "|t|t");
        booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        assertThat(PLATFORM.rows(
                        "select action, jsonb_exists(new_values, 'date_time'), jsonb_exists(new_values, 'staff_id') from audit_logs where record_id = ? and action = 'UPDATE' and user_id is not null",
                        id))
                .as("one change, though the row went to another table")
                .containsExactly("UPDATE|t|t");
    }

    @Test
    void change_ofTheService_takesItsTerms() {
        UUID peel = salon.service("Skin", 30, 5, 5, "50");
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));

        Appointment other = changed(appointments.change(
                        salon.admin(), view.appointment().id(), 1, patch("{\"serviceId\": \"%s\"}".formatted(peel))))
                .appointment();

        assertThat(other.duration()).isEqualTo(30);
        assertThat(other.bufferBefore()).isEqualTo(5);
        assertThat(other.price()).isEqualTo(new BigDecimal("50.00"));
    }

    @Test
    void change_againstTheRules_namesEveryField() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        UUID laser = salon.service("Laser", 60, 0, 0, "300");

        assertThat(violations(appointments.change(
                        salon.admin(),
                        view.appointment().id(),
                        1,
                        patch("{\"serviceId\": \"%s\", \"dateTime\": \"%s\"}".formatted(laser, at(4, "20:00"))))))
                .containsExactlyInAnyOrder("/staffId not-offered", "/dateTime not-working");
        assertThat(violations(appointments.change(
                        salon.admin(),
                        view.appointment().id(),
                        1,
                        patch("{\"serviceId\": \"%s\", \"staffId\": \"%s\"}"
                                .formatted(UUID.randomUUID(), UUID.randomUUID())))))
                .containsExactlyInAnyOrder("/serviceId unknown", "/staffId unknown");
        changed(appointments.change(
                salon.admin(),
                view.appointment().id(),
                1,
                patch("{\"serviceId\": \"%s\", \"dateTime\": \"%s\", \"overrideReason\": \"Opened for her\"}"
                        .formatted(laser, at(4, "20:00")))));
        assertThat(PLATFORM.rows(
                        "select details->>'reason' from audit_logs where action = 'OVERRIDE' and record_id = ?",
                        view.appointment().id()))
                .containsExactly("Opened for her");
    }

    @Test
    void change_byVersion_tellsWhatBecameOfIt() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        UUID id = view.appointment().id();
        AppointmentPatch confirm = patch("{\"status\": \"CONFIRMED\"}");

        assertThat(appointments.change(salon.admin(), UUID.randomUUID(), 1, confirm))
                .isEqualTo(new AppointmentChange.Missing());
        assertThat(appointments.change(new Salon(PLATFORM).admin(), id, 1, confirm))
                .as("of another practice")
                .isEqualTo(new AppointmentChange.Missing());
        assertThat(appointments.change(salon.admin(), id, 2, confirm)).isEqualTo(new AppointmentChange.Stale());
        assertThat(changed(appointments.change(salon.admin(), id, 1, confirm))
                        .appointment()
                        .status())
                .isEqualTo(AppointmentStatus.CONFIRMED);
        assertThat(appointments.change(salon.admin(), id, 1, confirm)).isEqualTo(new AppointmentChange.Stale());
        appointments.delete(salon.admin(), id, 2);
        assertThat(appointments.change(salon.admin(), id, 3, confirm)).isEqualTo(new AppointmentChange.Gone());
    }

    @Test
    void change_ofNothing_isOnRecordAsAReadIs() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        UUID id = view.appointment().id();
        changed(appointments.change(salon.admin(), id, 1, patch("{\"status\": \"SCHEDULED\"}")));
        assertThat(PLATFORM.audited(id)).containsExactly("CREATE", "UPDATE");
    }

    @Test
    void cancel_freesTheTimeAndMarksTheLateOnes() {
        AppointmentView soon = booked(appointments.book(salon.admin(), overriding(salon.draft(inMinutes(120))), null));
        AppointmentView later = booked(appointments.book(salon.admin(), salon.draft(at(5, "10:00")), null));
        PLATFORM.execute(
                "update appointments set reminder_sent = true where practice_id = '%s'".formatted(salon.practice()));
        AppointmentPatch byClient = patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"CLIENT\"}");

        Appointment late = changed(
                        appointments.change(salon.admin(), soon.appointment().id(), 1, byClient))
                .appointment();
        Appointment inTime = changed(
                        appointments.change(salon.admin(), later.appointment().id(), 1, byClient))
                .appointment();

        assertThat(late.lateCancellation()).isTrue();
        assertThat(inTime.lateCancellation()).isFalse();
        assertThat(inTime.cancellationReason()).isEqualTo(CancellationReason.CLIENT);
        booked(appointments.book(salon.admin(), salon.draft(at(5, "10:00")), null));
        assertThat(appointments.change(
                        salon.admin(), later.appointment().id(), 2, patch("{\"status\": \"SCHEDULED\"}")))
                .as("brought back, where somebody else is booked by now")
                .isInstanceOf(AppointmentChange.Taken.class);
        Appointment back = changed(appointments.change(
                        salon.admin(),
                        later.appointment().id(),
                        2,
                        patch("{\"status\": \"SCHEDULED\", \"dateTime\": \"%s\"}".formatted(at(5, "12:00")))))
                .appointment();
        assertThat(back.reminderSent()).isFalse();
        assertThat(back.cancellationReason()).isNull();
        assertThat(back.lateCancellation()).isFalse();
    }

    @Test
    void cancel_whoseReasonIsCorrectedLater_isLateByWhenItWasCancelled() {
        AppointmentView soon = booked(appointments.book(salon.admin(), overriding(salon.draft(inMinutes(120))), null));
        AppointmentView later = booked(appointments.book(salon.admin(), salon.draft(at(5, "10:00")), null));
        String[] reasons = {"PRACTICE", "CLIENT", "PRACTICE", "CLIENT"};
        for (int i = 0; i < reasons.length; i++) {
            AppointmentPatch because =
                    patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"%s\"}".formatted(reasons[i]));
            assertThat(changed(appointments.change(
                                    salon.admin(), soon.appointment().id(), i + 1, because))
                            .appointment()
                            .lateCancellation())
                    .isEqualTo(i % 2 == 1);
            assertThat(changed(appointments.change(
                                    salon.admin(), later.appointment().id(), i + 1, because))
                            .appointment()
                            .lateCancellation())
                    .isFalse();
        }
        PLATFORM.execute("update appointments set cancelled_at = date_time - interval '23 hours' where id = '%s'"
                .formatted(later.appointment().id()));
        assertThat(changed(appointments.change(
                                salon.admin(),
                                later.appointment().id(),
                                5,
                                patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"CLIENT\"}")))
                        .appointment()
                        .lateCancellation())
                .isTrue();
    }

    @Test
    void price_ofWhatIsPaid_isChangedOnlyByWhoMayOverride() {
        UUID id = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null))
                .appointment()
                .id();
        Caller desk = salon.user(Role.STAFF);
        changed(appointments.change(desk, id, 1, patch("{\"price\": 110.00}")));
        changed(appointments.change(desk, id, 2, patch("{\"paymentStatus\": \"PAID\"}")));

        assertThat(appointments.change(desk, id, 3, patch("{\"price\": 0.01}")))
                .isEqualTo(new AppointmentChange.Forbidden(
                        "This change takes the permission " + Permission.APPOINTMENT_OVERRIDE + "."));
        changed(appointments.change(desk, id, 3, patch("{\"price\": 110}")));
        assertThat(changed(appointments.change(salon.admin(), id, 4, patch("{\"price\": 90.00}")))
                        .appointment()
                        .price())
                .isEqualByComparingTo("90");
    }

    @Test
    void notes_areChangedByWhoSeesThem_andNoOther() {
        UUID id = salon.bookWithNotes("Allergic to latex");
        Caller desk = salon.user(Role.STAFF);
        for (String change : new String[] {"{\"notes\": null}", "{\"notes\": \"Another\"}"}) {
            assertThat(appointments.change(desk, id, 1, patch(change))).isInstanceOf(AppointmentChange.Forbidden.class);
        }
        assertThat(salon.read(appointments, id).notes()).isEqualTo("Allergic to latex");
        changed(appointments.change(salon.user(Role.PRACTITIONER), id, 1, patch("{\"notes\": null}")));
    }

    @Test
    void noShow_isOnlyOfWhatHasBegun() {
        AppointmentView future = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        AppointmentView past = booked(appointments.book(salon.admin(), overriding(salon.draft(inMinutes(-90))), null));
        AppointmentPatch noShow = patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"NO_SHOW\"}");

        assertThat(violations(
                        appointments.change(salon.admin(), future.appointment().id(), 1, noShow)))
                .containsExactly("/cancellationReason too-early");
        assertThat(violations(appointments.change(
                        salon.admin(), future.appointment().id(), 1, patch("{\"status\": \"COMPLETED\"}"))))
                .containsExactly("/status too-early");
        assertThat(changed(appointments.change(salon.admin(), past.appointment().id(), 1, noShow))
                        .appointment()
                        .cancellationReason())
                .isEqualTo(CancellationReason.NO_SHOW);
    }

    @Test
    void move_ofWhatIsSettled_isRefused() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        UUID id = view.appointment().id();
        changed(appointments.change(
                salon.admin(), id, 1, patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}")));
        assertThat(violations(appointments.change(
                        salon.admin(), id, 2, patch("{\"dateTime\": \"%s\"}".formatted(at(4, "10:00"))))))
                .containsExactly("/status settled");
    }
}
