package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.history;
import static com.medspasync.clients.Outcomes.restored;
import static com.medspasync.clients.Outcomes.updated;
import static com.medspasync.history.Entries.by;
import static com.medspasync.history.Entries.ids;
import static com.medspasync.history.Entries.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.history.FieldChange;
import com.medspasync.history.HistoryEntry;
import com.medspasync.history.RecordHistory;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PurposeOfUse;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ClientHistoryTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final Caller admin = Examples.admin(PLATFORM.practice("glow"));

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void history_ofEveryKindOfChange_tellsWhoDidWhat() {
        ClientDraft draft = Examples.jane();
        String ssn = Objects.requireNonNull(draft.ssn()).formatted();
        ClientView jane = created(clients.create(admin, draft));
        Caller other = Examples.admin(admin.practice());
        clients.findById(other, jane.id());
        updated(clients.update(other, jane.id(), 1, Examples.patch("""
                {"notes": "Evenings.", "address": {"city": "Albany"}, "ssn": null, "status": "ACTIVE"}""")));
        clients.delete(admin, jane.id(), 2);
        restored(clients.restore(other, jane.id()));
        List<HistoryEntry> entries = history(
                        clients.history(admin.withPurpose(PurposeOfUse.OPERATIONS), jane.id(), 10, null))
                .items();
        assertThat(entries)
                .extracting(HistoryEntry::action, HistoryEntry::user, HistoryEntry::address, HistoryEntry::requestId)
                .containsExactly(
                        by(HistoryEntry.Action.RESTORE, other),
                        by(HistoryEntry.Action.DELETE, admin),
                        by(HistoryEntry.Action.UPDATE, other),
                        by(HistoryEntry.Action.CREATE, admin));
        assertThat(entries.get(0).changes()).isEmpty();
        assertThat(entries.get(1).changes()).isEmpty();
        assertThat(told(entries.get(2)))
                .containsExactly(
                        "address: {\"line1\":\"1 Main Street\",\"line2\":\"Apt 2\",\"city\":\"New York\",\"state\":\"NY\",\"postalCode\":\"10001\",\"country\":\"US\"}"
                                + " -> {\"line1\":\"1 Main Street\",\"line2\":\"Apt 2\",\"city\":\"Albany\",\"state\":\"NY\",\"postalCode\":\"10001\",\"country\":\"US\"}",
                        "notes: \"Prefers mornings.\" -> \"Evenings.\"",
                        "ssn: \"" + ssn + "\" -> null",
                        "status: \"VIP\" -> \"ACTIVE\"");
        assertThat(told(entries.get(3)))
                .containsExactly(
                        "address: null -> {\"line1\":\"1 Main Street\",\"line2\":\"Apt 2\",\"city\":\"New York\",\"state\":\"NY\",\"postalCode\":\"10001\",\"country\":\"US\"}",
                        "dateOfBirth: null -> \"1984-02-29\"",
                        "email: null -> \"" + jane.email() + "\"",
                        "emergencyContact: null -> {\"name\":\"John O’Brien\",\"relationship\":\"husband\",\"phone\":\"+12125550124\"}",
                        "firstName: null -> \"Jane\"",
                        "lastName: null -> \"O’Brien-Müller\"",
                        "medicalHistory: null -> \"Allergic to lidocaine.\\nNo surgeries.\"",
                        "notes: null -> \"Prefers mornings.\"",
                        "phone: null -> \"+12125550123\"",
                        "ssn: null -> \"" + ssn + "\"",
                        "status: null -> \"VIP\"");
    }

    @Test
    void history_ofADeletedClient_isStillTold() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        clients.delete(admin, jane.id(), 1);
        assertThat(history(clients.history(admin, jane.id(), 10, null)).items())
                .extracting(HistoryEntry::action)
                .containsExactly(HistoryEntry.Action.DELETE, HistoryEntry.Action.CREATE);
    }

    @Test
    void history_isAuditedAsAReadOfTheClient() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Caller reader = Examples.admin(admin.practice());
        clients.history(reader, jane.id(), 10, null);
        assertThat(PLATFORM.rows("""
                select action, record_id, ip_address, user_agent, request_id, details from audit_logs where user_id = ?""", reader.user()))
                .containsExactly("READ|" + jane.id() + "|203.0.113.9|curl/8|"
                        + reader.origin().requestId() + "|{\"of\": \"history\"}");
    }

    @Test
    void history_byAnotherPracticeOrOfNobody_isMissingAndNotAudited() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Caller stranger = Examples.admin(PLATFORM.practice("radiance"));
        assertThat(clients.history(stranger, jane.id(), 10, null)).isEqualTo(new Lookup.Missing<>());
        assertThat(clients.history(admin, UUID.randomUUID(), 10, null)).isEqualTo(new Lookup.Missing<>());
        assertThat(PLATFORM.audited(jane.id())).containsExactly("CREATE");
    }

    @Test
    void history_byWhoMayNotSeeIt_withholdsWhatIsEncrypted() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Caller staff = Examples.user(admin.practice(), Role.STAFF);
        List<FieldChange> changes = history(clients.history(staff, jane.id(), 10, null))
                .items()
                .get(0)
                .changes();
        assertThat(changes.stream().filter(FieldChange::withheld).map(FieldChange::field))
                .containsExactly("address", "dateOfBirth", "emergencyContact", "medicalHistory", "notes", "ssn");
        assertThat(changes.stream().filter(FieldChange::withheld)).allSatisfy(change -> {
            assertThat(change.before()).isNull();
            assertThat(change.after()).isNull();
        });
    }

    @Test
    void history_byPages_isTheWholeOfIt() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        for (int version = 1; version < 8; version++) {
            updated(clients.update(admin, jane.id(), version, Examples.patch("{\"notes\": \"" + version + "\"}")));
        }
        List<UUID> whole = ids(history(clients.history(admin, jane.id(), 100, null)));
        assertThat(whole).hasSize(8);
        for (int top : new int[] {1, 3, 8}) {
            List<UUID> paged = new ArrayList<>();
            String cursor = null;
            do {
                Listing.Page<HistoryEntry> page = history(clients.history(admin, jane.id(), top, cursor));
                paged.addAll(ids(page));
                cursor = page.next();
            } while (cursor != null);
            assertThat(paged).isEqualTo(whole);
        }
    }

    @Test
    void history_ofLargeRows_isCutWhereAPagesBytesEnd() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        // A change from one text to another keeps both, encrypted and in hexadecimal: each row has four times this.
        String text = "x".repeat(30_000);
        for (int version = 1; version <= 10; version++) {
            updated(clients.update(
                    admin, jane.id(), version, Examples.patch("{\"medicalHistory\": \"" + version + text + "\"}")));
        }
        List<UUID> paged = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            Listing.Page<HistoryEntry> page = history(clients.history(admin, jane.id(), 100, cursor));
            paged.addAll(ids(page));
            sizes.add(page.items().size());
            cursor = page.next();
        } while (cursor != null);
        assertThat(sizes).containsExactly(8, 3);
        assertThat(paged).hasSize(11).doesNotHaveDuplicates();
    }

    @Test
    void history_ofARowLargerThanAPage_isAPageOfThatRow() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\"}")));
        PLATFORM.execute(
                "update audit_logs set new_values = new_values || jsonb_build_object('other', repeat('x', %d)) where record_id = '%s'"
                        .formatted(RecordHistory.MOST_BYTES, jane.id()));
        Listing.Page<HistoryEntry> first = history(clients.history(admin, jane.id(), 10, null));
        assertThat(first.items()).extracting(HistoryEntry::action).containsExactly(HistoryEntry.Action.UPDATE);
        Listing.Page<HistoryEntry> second = history(clients.history(admin, jane.id(), 10, first.next()));
        assertThat(second.items()).extracting(HistoryEntry::action).containsExactly(HistoryEntry.Action.CREATE);
        assertThat(second.next()).isNull();
    }

    @Test
    void history_ofPartsThatAreNot_leavesThemOut() {
        ClientView ann = created(clients.create(admin, Examples.named("Ann", "Lee")));
        updated(clients.update(admin, ann.id(), 1, Examples.patch("""
                {"address": {"line1": "2 Elm", "city": "Albany"},
                 "emergencyContact": {"name": "Bo", "phone": "+12125550124"}}""")));
        assertThat(told(history(clients.history(admin, ann.id(), 1, null))
                        .items()
                        .get(0)))
                .containsExactly(
                        "address: null -> {\"line1\":\"2 Elm\",\"city\":\"Albany\",\"country\":\"US\"}",
                        "emergencyContact: null -> {\"name\":\"Bo\",\"phone\":\"+12125550124\"}");
    }

    @Test
    void history_cursorOfAnotherClient_isRefused() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\"}")));
        ClientView other = created(clients.create(admin, Examples.jane()));
        String next = history(clients.history(admin, jane.id(), 1, null)).next();
        assertThat(next).isNotNull();
        assertThat(clients.history(admin, other.id(), 1, next))
                .isEqualTo(new Lookup.Found<>(new Listing.BadCursor<>()));
    }

    @Test
    void history_keyDeleted_tellsWhatChangedAndWithholdsTheValues() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("delete from client_keys where client_id = '%s'".formatted(jane.id()));
        List<FieldChange> changes = history(clients.history(admin, jane.id(), 10, null))
                .items()
                .get(0)
                .changes();
        assertThat(changes.stream().filter(FieldChange::withheld)).hasSize(6);
        assertThat(changes)
                .filteredOn(change -> change.field().equals("firstName"))
                .hasSize(1);
    }

    @Test
    void history_valuesOfAnotherClient_failsClosed() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView other = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("""
                update audit_logs set new_values = (select new_values from audit_logs where record_id = '%s')
                where record_id = '%s'""".formatted(jane.id(), other.id()));
        assertThatThrownBy(() -> clients.history(admin, other.id(), 10, null)).isInstanceOf(TamperedCiphertext.class);
    }

    @Test
    void history_erasedRow_saysSo() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("""
                update audit_logs set old_values = null, new_values = null, salt = null, erased_at = now()
                where record_id = '%s'""".formatted(jane.id()));
        HistoryEntry entry =
                history(clients.history(admin, jane.id(), 10, null)).items().get(0);
        assertThat(entry.erased()).isTrue();
        assertThat(entry.changes()).isEmpty();
    }

    @Test
    void history_ofAUserWithARow_namesTheUsersEmail() {
        PLATFORM.execute(
                "insert into users (practice_id, id, email, email_search) values ('%s', '%s', 'a@glow.example', '%s')"
                        .formatted(admin.practice(), admin.user(), admin.user()));
        ClientView jane = created(clients.create(admin, Examples.jane()));
        assertThat(history(clients.history(admin, jane.id(), 10, null))
                        .items()
                        .get(0)
                        .userEmail())
                .isEqualTo("a@glow.example");
    }
}
