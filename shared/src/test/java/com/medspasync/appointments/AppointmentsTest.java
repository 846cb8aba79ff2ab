package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.found;
import static com.medspasync.appointments.Salon.overriding;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Violation;
import com.medspasync.masking.ClientField;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AppointmentsTest {

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

    @Test
    void delete_freesTheTimeAndRestoreTakesItBackIfItCan() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        UUID id = view.appointment().id();

        assertThat(appointments.delete(salon.admin(), id, 7)).isEqualTo(new Deletion.Stale());
        assertThat(appointments.delete(salon.admin(), id, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(appointments.delete(salon.admin(), id, 1)).isEqualTo(new Deletion.Deleted());
        assertThat(appointments.delete(salon.admin(), UUID.randomUUID(), 1)).isEqualTo(new Deletion.Missing());
        assertThat(appointments.findById(salon.admin(), id, Set.of())).isEqualTo(new Lookup.Gone<>());
        AppointmentView other = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        assertThat(appointments.restore(salon.admin(), id))
                .isEqualTo(new AppointmentChange.Taken(
                        new Clash(other.appointment().id(), at(3, "10:00"), at(3, "11:00"))));
        appointments.delete(salon.admin(), other.appointment().id(), 1);
        Appointment back = changed(appointments.restore(salon.admin(), id)).appointment();
        assertThat(back.version()).isEqualTo(3);
        assertThat(changed(appointments.restore(salon.admin(), id)).appointment())
                .isEqualTo(back);
        assertThat(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null))
                .isInstanceOf(Booking.Taken.class);
        assertThat(PLATFORM.audited(id)).containsExactly("CREATE", "DELETE", "RESTORE", "READ");
    }

    @Test
    void restore_forAClientWhoIsDeleted_isRefused() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        appointments.delete(salon.admin(), view.appointment().id(), 1);
        PLATFORM.execute("update clients set deleted_at = now() where id = '%s'".formatted(salon.client()));
        assertThat(violations(
                        appointments.restore(salon.admin(), view.appointment().id())))
                .containsExactly("/clientId unknown");
    }

    @Test
    void find_withWhatIsRelated_showsItAndPutsTheClientOnRecord() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));

        Expanded shown = found(appointments.findById(
                        salon.admin(), view.appointment().id(), Set.of(Related.CLIENT, Related.SERVICE, Related.STAFF)))
                .expanded();

        assertThat(shown.client()).isNotNull();
        assertThat(shown.client().lastName()).isEqualTo("Lee");
        assertThat(shown.service()).isEqualTo(new Expanded.Service(salon.facial(), "A service", "Skin"));
        assertThat(shown.staff()).isEqualTo(new Expanded.Staff(salon.anna(), "Anna", "Smith", "PRACTITIONER"));
        assertThat(PLATFORM.audited(view.appointment().id())).containsExactly("CREATE", "READ");
        assertThat(PLATFORM.audited(salon.client())).containsExactly("CREATE", "READ");
    }

    @Test
    void notes_areSeenByWhoTreats_andEncryptedUnderTheClientsKey() {
        AppointmentView view = booked(
                appointments.book(salon.user(Role.STAFF), withNotes(salon.draft(at(3, "10:00")), "Zebra"), null));
        UUID id = view.appointment().id();

        assertThat(view.notes()).isNull();
        assertThat(view.withheld()).containsExactly(ClientField.NOTES);
        assertThat(found(appointments.findById(salon.user(Role.PRACTITIONER), id, Set.of()))
                        .notes())
                .isEqualTo("Zebra");
        assertThat(found(appointments.findById(salon.user(Role.MANAGER), id, Set.of()))
                        .withheld())
                .containsExactly(ClientField.NOTES);
        assertThat(
                        PLATFORM.rows(
                                "select count(*) from audit_logs where new_values::text like '%Zebra%' or old_values::text like '%Zebra%'"))
                .containsExactly("0");
        assertThat(PLATFORM.rows("select position('Zebra'::bytea in notes) from appointments where id = ?", id))
                .containsExactly("0");
        changed(appointments.change(salon.admin(), id, 1, patch("{\"notes\": \"Yak\"}")));
        assertThat(salon.read(appointments, id).notes()).isEqualTo("Yak");
        changed(appointments.change(salon.admin(), id, 2, patch("{\"notes\": null}")));
        assertThat(salon.read(appointments, id).notes()).isNull();
    }

    @Test
    void notes_ofAClientWhoseKeysAreGone_areWithheld() {
        AppointmentView view =
                booked(appointments.book(salon.admin(), withNotes(salon.draft(at(3, "10:00")), "Zebra"), null));
        PLATFORM.execute("delete from client_keys where client_id = '%s'".formatted(salon.client()), """
                insert into destroyed_keys (practice_id, client_id, shredding_id) values ('%s', '%s', gen_random_uuid())""".formatted(
                        salon.practice(), salon.client()));
        AppointmentView read = salon.read(appointments, view.appointment().id());
        assertThat(read.notes()).isNull();
        assertThat(read.withheld()).containsExactly(ClientField.NOTES);
        assertThat(violations(appointments.book(salon.admin(), salon.draft(at(4, "10:00")), null)))
                .containsExactly("/clientId unknown");
    }

    @Test
    void anotherPractices_isMissing() {
        AppointmentView view = booked(appointments.book(salon.admin(), salon.draft(at(3, "10:00")), null));
        assertThat(appointments.findById(
                        Examples.admin(new Salon(PLATFORM).practice()),
                        view.appointment().id(),
                        Set.of()))
                .isEqualTo(new Lookup.Missing<>());
    }

    private static Instant inMinutes(int minutes) {
        return Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(minutes));
    }

    private static List<String> violations(Booking booking) {
        assertThat(booking).isInstanceOf(Booking.Refused.class);
        return names(((Booking.Refused) booking).violations());
    }

    private static List<String> violations(AppointmentChange change) {
        assertThat(change).isInstanceOf(AppointmentChange.Refused.class);
        return names(((AppointmentChange.Refused) change).violations());
    }

    private static List<String> names(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.field() + " " + violation.code())
                .toList();
    }
}
