package com.medspasync.appointments;

import static com.medspasync.appointments.Salon.at;
import static com.medspasync.appointments.Salon.booked;
import static com.medspasync.appointments.Salon.changed;
import static com.medspasync.appointments.Salon.patch;
import static com.medspasync.appointments.Salon.withNotes;
import static com.medspasync.clients.Outcomes.history;
import static com.medspasync.history.Entries.by;
import static com.medspasync.history.Entries.ids;
import static com.medspasync.history.Entries.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.history.FieldChange;
import com.medspasync.history.HistoryEntry;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.masking.Visibility;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AppointmentHistoryTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Salon salon = new Salon(PLATFORM);
    private final Appointments appointments = salon.appointments();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void history_ofEveryKindOfChange_tellsWhoDidWhatTheNewestFirst() {
        Caller booker = salon.user(Role.STAFF);
        Caller owner = salon.user(Role.ADMIN);
        Caller partner = salon.user(Role.ADMIN);
        Instant ten = at(3, "10:00");
        Instant noon = at(4, "12:00");
        UUID id = booked(appointments.book(booker, withNotes(salon.draft(ten), "Allergic"), null))
                .appointment()
                .id();
        salon.read(appointments, id);
        changed(appointments.change(owner, id, 1, patch("""
                {"dateTime": "%s", "duration": 45, "price": 99.5, "notes": "Latex", "status": "CONFIRMED"}""".formatted(noon))));
        changed(appointments.change(partner, id, 2, patch("{\"paymentStatus\": \"PAID\", \"notes\": null}")));
        changed(appointments.change(
                owner, id, 3, patch("{\"status\": \"CANCELLED\", \"cancellationReason\": \"PRACTICE\"}")));
        appointments.delete(owner, id, 4);
        changed(appointments.restore(booker, id));

        List<HistoryEntry> entries =
                history(appointments.history(owner, id, 10, null)).items();

        assertThat(entries)
                .extracting(HistoryEntry::action, HistoryEntry::user, HistoryEntry::address, HistoryEntry::requestId)
                .containsExactly(
                        by(HistoryEntry.Action.RESTORE, booker),
                        by(HistoryEntry.Action.DELETE, owner),
                        by(HistoryEntry.Action.UPDATE, owner),
                        by(HistoryEntry.Action.UPDATE, partner),
                        by(HistoryEntry.Action.UPDATE, owner),
                        by(HistoryEntry.Action.CREATE, booker));
        assertThat(entries).extracting(HistoryEntry::at).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(told(entries.get(0))).isEmpty();
        assertThat(told(entries.get(1))).isEmpty();
        assertThat(told(entries.get(2)))
                .containsExactly("cancellationReason: null -> \"PRACTICE\"", "status: \"CONFIRMED\" -> \"CANCELLED\"");
        assertThat(told(entries.get(3)))
                .containsExactly("notes: \"Latex\" -> null", "paymentStatus: \"PENDING\" -> \"PAID\"");
        assertThat(told(entries.get(4)))
                .containsExactly(
                        "dateTime: \"%s\" -> \"%s\"".formatted(ten, noon),
                        "duration: 60 -> 45",
                        "notes: \"Allergic\" -> \"Latex\"",
                        "price: 120.00 -> 99.50",
                        "status: \"SCHEDULED\" -> \"CONFIRMED\"");
        assertThat(told(entries.get(5)))
                .containsExactly(
                        "bufferAfter: null -> 0",
                        "bufferBefore: null -> 0",
                        "clientId: null -> \"%s\"".formatted(salon.client()),
                        "dateTime: null -> \"%s\"".formatted(ten),
                        "duration: null -> 60",
                        "lateCancellation: null -> false",
                        "notes: null -> \"Allergic\"",
                        "paymentStatus: null -> \"PENDING\"",
                        "price: null -> 120.00",
                        "reminderSent: null -> false",
                        "serviceId: null -> \"%s\"".formatted(salon.facial()),
                        "staffId: null -> \"%s\"".formatted(salon.anna()),
                        "status: null -> \"SCHEDULED\"");
    }

    @Test
    void history_byPages_isTheWholeOfItOnce() {
        UUID id = salon.bookWithNotes("0");
        for (int version = 1; version < 8; version++) {
            changed(appointments.change(salon.admin(), id, version, patch("{\"notes\": \"" + version + "\"}")));
        }
        List<UUID> whole = ids(history(appointments.history(salon.admin(), id, 100, null)));
        assertThat(whole).hasSize(8).doesNotHaveDuplicates();
        for (int top : new int[] {1, 3, 8}) {
            List<UUID> paged = new ArrayList<>();
            String cursor = null;
            do {
                Listing.Page<HistoryEntry> page = history(appointments.history(salon.admin(), id, top, cursor));
                assertThat(page.items()).hasSizeBetween(1, top);
                paged.addAll(ids(page));
                assertThat(paged).hasSizeLessThanOrEqualTo(whole.size());
                cursor = page.next();
            } while (cursor != null);
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void history_cursorOfAnotherAppointmentOrOfNothing_isRefused() {
        UUID id = salon.bookWithNotes("Allergic");
        changed(appointments.change(salon.admin(), id, 1, patch("{\"status\": \"CONFIRMED\"}")));
        UUID other = booked(appointments.book(salon.admin(), salon.draft(at(3, "12:00")), null))
                .appointment()
                .id();
        String next = history(appointments.history(salon.admin(), id, 1, null)).next();
        assertThat(next).isNotNull();
        assertThat(appointments.history(salon.admin(), other, 1, next))
                .isEqualTo(new Lookup.Found<>(new Listing.BadCursor<>()));
        assertThat(appointments.history(salon.admin(), id, 1, "x"))
                .isEqualTo(new Lookup.Found<>(new Listing.BadCursor<>()));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void history_byRole_showsNotesToWhoTreatsAndToNobodyElse(Role role) {
        UUID id = salon.bookWithNotes("Allergic");
        changed(appointments.change(salon.admin(), id, 1, patch("{\"notes\": \"Latex\", \"duration\": 30}")));

        HistoryEntry change = history(appointments.history(salon.user(role), id, 1, null))
                .items()
                .getFirst();

        assertThat(change.changes()).extracting(FieldChange::field).containsExactly("duration", "notes");
        FieldChange notes = change.changes().get(1);
        if (role == Role.ADMIN || role == Role.PRACTITIONER) {
            assertThat(notes.visibility()).isEqualTo(Visibility.FULL);
            assertThat(told(change)).containsExactly("duration: 60 -> 30", "notes: \"Allergic\" -> \"Latex\"");
        } else {
            assertThat(notes).isEqualTo(FieldChange.withheld("notes"));
            assertThat(told(change)).containsExactly("duration: 60 -> 30", "notes: null -> null");
        }
    }

    @Test
    void history_ofOneThatMovedBetweenYears_isOne() {
        UUID id = salon.bookWithNotes("Allergic");
        changed(appointments.change(salon.admin(), id, 1, patch("{\"dateTime\": \"%s\"}".formatted(at(400, "10:00")))));
        changed(appointments.change(salon.admin(), id, 2, patch("{\"notes\": \"Latex\"}")));
        changed(appointments.change(salon.admin(), id, 3, patch("{\"dateTime\": \"%s\"}".formatted(at(5, "10:00")))));
        assertThat(PLATFORM.rows("select count(*) from appointments where id = ?", id))
                .containsExactly("1");

        assertThat(history(appointments.history(salon.admin(), id, 10, null)).items().stream()
                        .map(entry -> entry.action() + " " + fields(entry)))
                .containsExactly(
                        "UPDATE [dateTime]",
                        "UPDATE [notes]",
                        "UPDATE [dateTime]",
                        "CREATE [bufferAfter, bufferBefore, clientId, dateTime, duration, lateCancellation, notes, paymentStatus, price,"
                                + " reminderSent, serviceId, staffId, status]");
    }

    @Test
    void history_ofADeletedAppointment_isStillTold() {
        UUID id = salon.bookWithNotes("Allergic");
        appointments.delete(salon.admin(), id, 1);
        assertThat(history(appointments.history(salon.admin(), id, 10, null)).items())
                .extracting(HistoryEntry::action)
                .containsExactly(HistoryEntry.Action.DELETE, HistoryEntry.Action.CREATE);
    }

    @Test
    void history_isOnRecordAsAReadOfTheAppointmentAndOfItsClient() {
        UUID id = salon.bookWithNotes("Allergic");
        Caller reader = salon.user(Role.PRACTITIONER);
        history(appointments.history(reader, id, 10, null));
        assertThat(PLATFORM.rows("""
                        select l.action, l.table_name, l.record_id, l.ip_address, l.user_agent, l.request_id, l.details, s.record_id
                        from audit_logs l left join audit_subjects s on s.audit_id = l.id
                        where l.user_id = ?""", reader.user()))
                .containsExactly("READ|appointments|" + id + "|203.0.113.9|curl/8|"
                        + reader.origin().requestId() + "|{\"of\": \"history\"}|" + salon.client());
    }

    @Test
    void history_byAnotherPracticeOrOfNothing_isMissingAndLeavesNoRecord() {
        UUID id = salon.bookWithNotes("Allergic");
        Caller stranger = Examples.admin(new Salon(PLATFORM).practice());
        assertThat(appointments.history(stranger, id, 10, null)).isEqualTo(new Lookup.Missing<>());
        assertThat(appointments.history(salon.admin(), UUID.randomUUID(), 10, null))
                .isEqualTo(new Lookup.Missing<>());
        assertThat(PLATFORM.audited(id)).containsExactly("CREATE");
        assertThat(PLATFORM.rows("select count(*) from audit_logs where user_id = ?", stranger.user()))
                .containsExactly("0");
    }

    @Test
    void history_ofAClientWhoseKeysAreGone_withholdsNotesAndTellsTheRest() {
        UUID id = salon.bookWithNotes("Allergic");
        changed(appointments.change(salon.admin(), id, 1, patch("{\"notes\": \"Latex\", \"duration\": 30}")));
        PLATFORM.execute("delete from client_keys where client_id = '%s'".formatted(salon.client()));
        assertThat(told(history(appointments.history(salon.admin(), id, 1, null))
                        .items()
                        .getFirst()))
                .containsExactly("duration: 60 -> 30", "notes: null -> null");
    }

    @Test
    void history_withNotesOfAnotherAppointment_failsClosed() {
        UUID id = salon.bookWithNotes("Allergic");
        UUID other = booked(appointments.book(salon.admin(), withNotes(salon.draft(at(3, "12:00")), "Other"), null))
                .appointment()
                .id();
        PLATFORM.execute("""
                update audit_logs set new_values = (select new_values from audit_logs where record_id = '%s')
                where record_id = '%s'""".formatted(id, other));
        assertThatThrownBy(() -> appointments.history(salon.admin(), other, 10, null))
                .isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void repeatOfABooking_isOnRecordAsAReadOfTheClientWhoWasBooked() {
        IdempotencyKey key = IdempotencyKey.of("again", "POST /appointments", "{}");
        Caller caller = Examples.admin(salon.practice());
        booked(appointments.book(caller, salon.draft(at(3, "10:00")), key));
        AppointmentDraft elsewhere = new AppointmentDraft(
                salon.newClient(), salon.facial(), salon.anna(), at(3, "10:00"), null, null, null, null);
        assertThat(appointments.book(caller, elsewhere, key)).isInstanceOf(Booking.Replayed.class);
        assertThat(PLATFORM.audited(salon.client())).containsExactly("CREATE", "READ");
        assertThat(PLATFORM.audited(elsewhere.client())).containsExactly("CREATE");
    }

    private static List<String> fields(HistoryEntry entry) {
        return entry.changes().stream().map(FieldChange::field).toList();
    }
}
