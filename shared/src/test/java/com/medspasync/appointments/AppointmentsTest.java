package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.found;
import static com.medspasync.appointments.Salon.inMinutes;
import static com.medspasync.appointments.Salon.overriding;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.violations;
import static com.medspasync.appointments.Salon.withNotes;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.masking.ClientField;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Role;
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
    void restore_ofWhatIsYetToCome_needsServiceAndStaffInUse_andOfWhatIsOverDoesNot() {
        UUID toCome = id(salon.draft(at(3, "10:00")));
        UUID over = id(overriding(salon.draft(inMinutes(-120))));
        UUID cancelled = id(salon.draft(at(3, "12:00")));
        changed(appointments.change(
                salon.admin(),
                cancelled,
                1,
                patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}")));
        appointments.delete(salon.admin(), toCome, 1);
        appointments.delete(salon.admin(), over, 1);
        appointments.delete(salon.admin(), cancelled, 2);
        PLATFORM.execute(
                "update services set active = false where id = '%s'".formatted(salon.facial()),
                "update staff set deleted_at = now() where id = '%s'".formatted(salon.anna()));

        assertThat(violations(appointments.restore(salon.admin(), toCome)))
                .containsExactly("/serviceId inactive", "/staffId unknown");
        changed(appointments.restore(salon.admin(), over));
        changed(appointments.restore(salon.admin(), cancelled));
        assertThat(appointments.findById(salon.admin(), toCome, Set.of())).isEqualTo(new Lookup.Gone<>());
    }

    @Test
    void deleteClient_withAppointmentsToCome_isRefusedUntilTheyAreGone() {
        id(overriding(salon.draft(inMinutes(-120))));
        UUID first = id(salon.draft(at(3, "10:00")));
        UUID second = id(salon.draft(at(400, "10:00")));

        assertThat(PLATFORM.clients().delete(salon.admin(), salon.client(), 1)).isEqualTo(new Deletion.Booked(2));
        assertThat(PLATFORM.clients().delete(salon.admin(), salon.client(), 7)).isEqualTo(new Deletion.Stale());
        changed(appointments.change(
                salon.admin(), first, 1, patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"CLIENT\"}")));
        assertThat(PLATFORM.clients().delete(salon.admin(), salon.client(), 1)).isEqualTo(new Deletion.Booked(1));
        appointments.delete(salon.admin(), second, 1);
        assertThat(PLATFORM.clients().delete(salon.admin(), salon.client(), 1)).isEqualTo(new Deletion.Deleted());
    }

    private UUID id(AppointmentDraft draft) {
        return booked(appointments.book(salon.admin(), draft, null))
                .appointment()
                .id();
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
}
