package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.contact.PersonName;
import com.medspasync.crypto.IndexKey;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.PurposeOfUse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches by what is stored encrypted. */
class CandidateSearchTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final Clients clients = PLATFORM.clients();
    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow).withPurpose(PurposeOfUse.OPERATIONS);

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void search_bySsn_findsTheOneWhoHasIt() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        created(clients.create(admin, Examples.jane()));
        created(clients.create(admin, Examples.named("Li", "Wu")));
        Listing.Page<ClientSummaryView> found = page(clients.search(admin, bySsn(jane)));
        assertThat(found.items()).singleElement().satisfies(summary -> {
            assertThat(summary.id()).isEqualTo(jane.id());
            assertThat(summary.lastName()).isEqualTo(jane.lastName());
            assertThat(summary.email()).isEqualTo(jane.email());
        });
        assertThat(found.next()).isNull();
        assertThat(ids(clients.search(admin, ClientSearch.bySsn(new Ssn("899010001")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1984-02-29, O’Brien-Müller, true",
        "1984-02-29, OBRIEN MULLER, true",
        "1984-02-28, O’Brien-Müller, false",
        "1984-02-29, O’Brien, false",
        "1984-02-29, O’Brien-Müllers, false",
        "1984-02-29, Jane, false"
    })
    void search_byBirthAndLastName_findsWhoHasBothWhole(String date, String lastName, boolean found) {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        created(clients.create(admin, Examples.born(Examples.jane(), "1990-01-01")));
        created(clients.create(admin, Examples.named("Ann", "O’Brien-Müller")));
        assertThat(ids(clients.search(admin, byBirth(date, lastName))))
                .isEqualTo(found ? List.of(jane.id()) : List.of());
    }

    @Test
    void search_forADeletedClientOrThatOfAnotherPractice_findsNobody() {
        ClientView gone = created(clients.create(admin, Examples.jane()));
        clients.delete(admin, gone.id(), 1);
        Caller radiance = Examples.admin(PLATFORM.practice("radiance")).withPurpose(PurposeOfUse.OPERATIONS);
        ClientView theirs = created(clients.create(radiance, Examples.jane()));
        assertThat(ids(clients.search(admin, bySsn(gone)))).isEmpty();
        assertThat(ids(clients.search(admin, bySsn(theirs)))).isEmpty();
        assertThat(ids(clients.search(admin, byBirth(gone)))).isEmpty();
        assertThat(ids(clients.search(radiance, byBirth(gone)))).containsExactly(theirs.id());
    }

    @Test
    void search_rowWhoseIndexCoincides_isOpenedAndNotShown() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView other = created(clients.create(admin, Examples.born(Examples.jane(), "1990-01-01")));
        ClientView namesake = created(clients.create(admin, Examples.born(Examples.named("Ann", "Lee"), "1990-01-01")));
        String index = "(select dob_name_index_odd from clients where id = '%s')".formatted(jane.id());
        PLATFORM.execute("update clients set dob_name_index_odd = %s where id in ('%s', '%s')"
                .formatted(index, other.id(), namesake.id()));
        Caller caller = Examples.admin(glow);
        assertThat(ids(clients.search(caller, byBirth(jane)))).containsExactly(jane.id());
        // Who has another name is not opened.
        assertThat(opened(caller)).containsExactlyInAnyOrder(jane.id(), other.id());

        Ssn wanted = new Ssn("899010001");
        setSlot(jane, "ssn_index_odd", index(IndexedColumn.SSN, 1, wanted.digits()));
        Caller second = Examples.admin(glow);
        assertThat(ids(clients.search(second, ClientSearch.bySsn(wanted)))).isEmpty();
        assertThat(opened(second)).containsExactly(jane.id());
    }

    @Test
    void search_byPages_showsEachOnceInOneOrderWhateverElseCoincides() {
        for (int i = 0; i < 12; i++) {
            ClientDraft draft = Examples.named("F" + (char) ('a' + i * 5 % 12), "Lee");
            ClientView client =
                    created(clients.create(admin, Examples.born(draft, i % 3 == 0 ? "1990-01-01" : "1984-02-29")));
            setSlot(client, "dob_name_index_odd", index(IndexedColumn.BIRTH_AND_NAME, 1, "1984-02-29\nlee"));
        }
        List<UUID> whole = ids(clients.search(admin, byBirth("1984-02-29", "Lee")));
        assertThat(page(clients.search(admin, byBirth("1984-02-29", "Lee"))).items())
                .extracting(item -> item.firstName())
                .isSorted()
                .hasSize(8);
        for (int top : new int[] {1, 2, 5, 8, 11, 12}) {
            assertThat(byPages(sized(byBirth("1984-02-29", "Lee"), top)))
                    .as("by %d", top)
                    .isEqualTo(whole);
        }
    }

    @Test
    void search_cursorOfAnotherSearch_isRefusedAndHoldsNoValueInTheClear() {
        created(clients.create(admin, Examples.jane()));
        created(clients.create(admin, Examples.jane()));
        ClientSearch one = sized(byBirth("1984-02-29", "O’Brien-Müller"), 1);
        String next = Objects.requireNonNull(page(clients.search(admin, one)).next());
        assertThat(clients.search(
                        admin, sized(byBirth("1984-03-01", "O’Brien-Müller"), 1).from(next)))
                .isEqualTo(new Listing.BadCursor<>());
        assertThat(clients.search(admin, ClientSearch.byName("obrien").from(next)))
                .isEqualTo(new Listing.BadCursor<>());
        assertThat(new String(Base64.getUrlDecoder().decode(next), StandardCharsets.ISO_8859_1))
                .doesNotContain("1984", "obrien");
    }

    @Test
    void search_isAuditedWithTheKindsOfCriteriaAndNoValue() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Caller caller = Examples.admin(glow);
        clients.search(caller, bySsn(jane));
        clients.search(caller, byBirth("1990-01-01", "Nobody"));
        assertThat(PLATFORM.rows("""
                select action, record_id, table_name, request_id, details, purpose, old_values, new_values
                from audit_logs
                where user_id = ?
                order by timestamp""", caller.user()))
                .containsExactly(
                        "SEARCH|null|clients|" + caller.origin().requestId()
                                + "|{\"opened\": 1, \"criteria\": [\"ssn\"]}|null|null|null",
                        "SEARCH|null|clients|" + caller.origin().requestId()
                                + "|{\"opened\": 0, \"criteria\": [\"dateOfBirth\", \"lastName\"]}|null|null|null");
        assertThat(opened(caller)).containsExactly(jane.id());
    }

    @Test
    void search_candidateThatCannotBeOpened_failsClosedWithoutPhi() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        ClientView other = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update clients set ssn = (select ssn from clients where id = '%s') where id = '%s'"
                .formatted(jane.id(), other.id()));
        assertThatThrownBy(() -> clients.search(admin, bySsn(other)))
                .isInstanceOf(TamperedCiphertext.class)
                .hasMessageContainingAll("clients.ssn", other.id().toString())
                .hasMessageNotContainingAny(ssn(other).digits(), "Jane");
        PLATFORM.execute("delete from client_keys where client_id = '%s'".formatted(jane.id()));
        assertThatThrownBy(() -> clients.search(admin, bySsn(jane))).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void search_withTwoVersionsInService_findsByEither() {
        ClientView before = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        Clients current = PLATFORM.clientsWithNewKeys();
        ClientView jane = created(current.create(admin, Examples.born(Examples.jane(), "1990-01-01")));
        assertFound(current, before);
        assertFound(current, jane);
        PLATFORM.execute("update clients set ssn_index_odd = null, dob_name_index_odd = null where id = '%s'"
                .formatted(jane.id()));
        assertFound(current, jane);
        PLATFORM.execute("update clients set ssn_index_even = null, dob_name_index_even = null where id = '%s'"
                .formatted(before.id()));
        assertFound(current, before);
    }

    @Test
    void search_byAProcessThatKnowsOnlyAnOldVersion_looksForTheNewOneWhenTheOldIsOutOfService() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.addPracticeKey(glow, 2);
        assertFound(clients, jane);
        // What a rotation does: it fills the new slots, and then takes the old version out of service.
        setSlot(jane, "ssn_index_even", index(IndexedColumn.SSN, 2, IndexedColumn.normal(ssn(jane))));
        setSlot(jane, "dob_name_index_even", index(IndexedColumn.BIRTH_AND_NAME, 2, birthAndName(jane)));
        PLATFORM.execute(
                "update practice_keys set indexed = false where practice_id = '%s' and version = 1".formatted(glow),
                "update clients set ssn_index_odd = null, dob_name_index_odd = null where practice_id = '%s'"
                        .formatted(glow));
        Caller caller = Examples.admin(glow);
        assertThat(ids(clients.search(caller, bySsn(jane)))).containsExactly(jane.id());
        assertThat(ids(clients.search(caller, byBirth(jane)))).containsExactly(jane.id());
        // What was refused before has left nothing behind.
        assertThat(PLATFORM.rows("select action from audit_logs where user_id = ?", caller.user()))
                .containsExactly("SEARCH", "SEARCH");
    }

    @Test
    void search_withNoVersionInService_failsInsteadOfFindingNobody() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update practice_keys set indexed = false where practice_id = '%s'".formatted(glow));
        assertThatThrownBy(() -> clients.search(admin, bySsn(jane))).isInstanceOf(UnknownKeyVersion.class);
    }

    private void assertFound(Clients process, ClientView client) {
        assertThat(ids(process.search(admin, bySsn(client)))).containsExactly(client.id());
        assertThat(ids(process.search(admin, byBirth(client)))).containsExactly(client.id());
    }

    /** Whom the searches of a caller are on record to have opened. */
    private static List<UUID> opened(Caller caller) {
        return PLATFORM.rows("""
                select s.record_id
                from audit_subjects s join audit_logs l on l.practice_id = s.practice_id and l.id = s.audit_id
                where l.user_id = ?""", caller.user()).stream().map(UUID::fromString).toList();
    }

    private void setSlot(ClientView client, String column, byte[] index) {
        PLATFORM.execute("update clients set %s = '\\x%s' where id = '%s'"
                .formatted(column, HexFormat.of().formatHex(index), client.id()));
    }

    private byte[] index(IndexedColumn column, int version, String normal) {
        IndexKey key = PLATFORM
                .newKeys()
                .indexKeys(glow, column.index().table(), column.index().column())
                .stream()
                .filter(one -> one.version() == version)
                .findFirst()
                .orElseThrow();
        return column.index().of(key, normal);
    }

    private static ClientSearch bySsn(ClientView client) {
        return ClientSearch.bySsn(ssn(client));
    }

    private static ClientSearch byBirth(ClientView client) {
        return ClientSearch.byBirth(
                new DateOfBirth(LocalDate.parse(Objects.requireNonNull(client.dateOfBirth()))),
                new PersonName(Objects.requireNonNull(client.lastName())));
    }

    private static ClientSearch byBirth(String date, String lastName) {
        return ClientSearch.byBirth(new DateOfBirth(LocalDate.parse(date)), new PersonName(lastName));
    }

    private static ClientSearch sized(ClientSearch search, int top) {
        return new ClientSearch(null, null, null, null, search.ssn(), search.birth(), top, search.cursor());
    }

    private static Ssn ssn(ClientView client) {
        return new Ssn(Objects.requireNonNull(client.ssn()).replace("-", ""));
    }

    private static String birthAndName(ClientView client) {
        return IndexedColumn.normal(
                new DateOfBirth(LocalDate.parse(Objects.requireNonNull(client.dateOfBirth()))),
                new PersonName(Objects.requireNonNull(client.lastName())));
    }

    private List<UUID> byPages(ClientSearch search) {
        List<UUID> all = new ArrayList<>();
        Listing.Page<ClientSummaryView> page = page(clients.search(admin, search));
        all.addAll(ids(page));
        while (page.next() != null) {
            page = page(clients.search(admin, search.from(page.next())));
            all.addAll(ids(page));
        }
        return all;
    }

    private static List<UUID> ids(Listing<ClientSummaryView> listing) {
        return page(listing).items().stream().map(ClientSummaryView::id).toList();
    }
}
