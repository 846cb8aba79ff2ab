package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.names;
import static com.medspasync.clients.Outcomes.page;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientSearchTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final Caller ADMIN = Examples.admin(PLATFORM.practice("glow"));
    private static final Clients CLIENTS = PLATFORM.clients();

    static {
        for (String name : new String[] {
            "Jane/Smith",
            "John/Smith",
            "Jean/Smyth",
            "Smitty/Jones",
            "Mary Ann/van der Berg",
            "Müge/O’Brien-Müller",
            "José/Núñez",
            "王/小明",
            "Catherine/Meyer",
            "Kathryn/Meier"
        }) {
            String[] parts = name.split("/");
            created(CLIENTS.create(ADMIN, Examples.named(parts[0], parts[1])));
        }
        ClientView gone = created(CLIENTS.create(ADMIN, Examples.named("Jane", "Smithers")));
        CLIENTS.delete(ADMIN, gone.id(), 1);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    smi               | Jane Smith, John Smith, Smitty Jones
                    SMITH             | Jane Smith, John Smith
                    jane smith        | Jane Smith
                    jane s            | Jane Smith
                    smith j           | Jane Smith, John Smith
                    smith john        | John Smith
                    mary ann van      | Mary Ann van der Berg
                    van der berg mary | Mary Ann van der Berg
                    mary              | Mary Ann van der Berg
                    obrien            | Müge O’Brien-Müller
                    O'Brien-Mü        | Müge O’Brien-Müller
                    nunez             | José Núñez
                    jose Ñ            | José Núñez
                    王                | 王 小明
                    """)
    void search_byName_findsBeginningsOfEitherNameAndBothInEitherOrder(String typed, String expected) {
        assertThat(names(CLIENTS.search(ADMIN, ClientSearch.byName(typed)))).containsExactly(expected.split(", "));
    }

    @ParameterizedTest
    @CsvSource({"mith", "jane x", "%", "smi_h", "xyz", "berg"})
    void search_byNameOfNobody_isEmpty(String typed) {
        assertThat(names(CLIENTS.search(ADMIN, ClientSearch.byName(typed)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    smithe          | Jane Smith, John Smith, Jean Smyth
                    mayer           | Catherine Meyer, Kathryn Meier, Mary Ann van der Berg
                    kathrin         | Catherine Meyer, Kathryn Meier
                    kathrin maier   | Catherine Meyer, Kathryn Meier
                    maier kathrin   | Catherine Meyer, Kathryn Meier
                    obrian          | Müge O’Brien-Müller
                    obrian mueller  | Müge O’Brien-Müller
                    jon smith       | Jane Smith, John Smith, Jean Smyth
                    """)
    void search_bySound_findsOtherSpellings(String typed, String expected) {
        assertThat(names(CLIENTS.search(ADMIN, ClientSearch.bySound(typed))))
                .containsExactlyInAnyOrder(expected.split(", "));
    }

    @Test
    void search_byEmailAndPhone_findsTheWholeValueOnly() {
        Caller admin = Examples.admin(PLATFORM.practice("glow"));
        ClientView ann = created(CLIENTS.create(
                admin, Examples.withPhone(Examples.named("Ann", "Lee", "Ann.Lee@example.com"), "+12125550001")));
        ClientView bob = created(CLIENTS.create(
                admin, Examples.withPhone(Examples.named("Bob", "Lee", "bob.lee@example.com"), "+12125550001")));
        PhoneNumber phone = new PhoneNumber("+12125550001");
        EmailAddress email = new EmailAddress("ann.LEE@example.com");
        assertThat(ids(CLIENTS.search(admin, new ClientSearch(null, null, email, null, 10, null))))
                .containsExactly(ann.id());
        assertThat(ids(CLIENTS.search(admin, new ClientSearch(null, null, null, phone, 10, null))))
                .containsExactly(ann.id(), bob.id());
        assertThat(ids(CLIENTS.search(admin, new ClientSearch("bob", null, null, phone, 10, null))))
                .containsExactly(bob.id());
        assertThat(ids(CLIENTS.search(admin, new ClientSearch(null, "bop", null, phone, 10, null))))
                .containsExactly(bob.id());
        assertThat(ids(CLIENTS.search(admin, new ClientSearch("bob", null, email, phone, 10, null))))
                .isEmpty();
        assertThat(ids(CLIENTS.search(
                        admin, new ClientSearch(null, null, new EmailAddress("lee@example.com"), null, 10, null))))
                .isEmpty();
        assertThat(ids(CLIENTS.search(
                        Examples.admin(PLATFORM.practice("radiance")),
                        new ClientSearch(null, null, email, null, 10, null))))
                .isEmpty();
    }

    @Test
    void search_byPages_showsEachOnceInOneOrder() {
        Caller admin = Examples.admin(PLATFORM.practice("glow"));
        for (int i = 0; i < 9; i++) {
            created(CLIENTS.create(admin, Examples.named("Mar" + (char) ('a' + i), "Marsh" + "aei".charAt(i % 3))));
            created(CLIENTS.create(admin, Examples.named("Mar" + (char) ('a' + i), "Zed" + (char) ('a' + i % 3))));
            created(CLIENTS.create(
                    admin, Examples.withPhone(Examples.named("Tom" + (char) ('a' + i), "Long"), "+12125550001")));
        }
        ClientSearch[] searches = {
            ClientSearch.byName("mar"),
            ClientSearch.bySound("marsha"),
            new ClientSearch(null, null, null, new PhoneNumber("+12125550001"), 100, null)
        };
        for (ClientSearch search : searches) {
            List<UUID> whole = ids(CLIENTS.search(admin, sized(search, 100)));
            assertThat(whole).hasSizeGreaterThanOrEqualTo(9).doesNotHaveDuplicates();
            for (int top : new int[] {1, 2, 4, 7}) {
                assertThat(byPages(admin, sized(search, top)))
                        .as("%s by %d", search, top)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void search_cursorOfAnotherSearch_isRefused() {
        ClientSearch one = sized(ClientSearch.byName("smi"), 1);
        String next = page(CLIENTS.search(ADMIN, one)).next();
        assertThat(next).isNotNull();
        ClientSearch other = sized(ClientSearch.byName("smit"), 1);
        assertThat(CLIENTS.search(ADMIN, other.from(next))).isEqualTo(new Listing.BadCursor<>());
        assertThat(CLIENTS.search(Examples.admin(PLATFORM.practice("radiance")), one.from(next)))
                .isEqualTo(new Listing.BadCursor<>());
        assertThat(page(CLIENTS.search(ADMIN, one.from(next))).items()).hasSize(1);
    }

    @Test
    void cursor_ofAName_holdsNoneOfItInTheClear() {
        String next = page(CLIENTS.search(ADMIN, sized(ClientSearch.byName("smi"), 1)))
                .next();
        assertThat(next).isNotNull();
        String decoded =
                new String(java.util.Base64.getUrlDecoder().decode(next), java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(decoded).doesNotContainIgnoringCase("smi");
    }

    @Test
    void search_isAuditedWithTheKindsOfCriteriaAndWhomItShowedAndNoValue() {
        Caller admin = Examples.admin(ADMIN.practice());
        List<UUID> shown = ids(CLIENTS.search(admin, sized(ClientSearch.byName("smi"), 2)));
        CLIENTS.search(admin, new ClientSearch(null, "nobody", new EmailAddress("x@example.com"), null, 2, null));
        assertThat(PLATFORM.rows("""
                select action, record_id, table_name, ip_address, user_agent, request_id, details, purpose, old_values, new_values
                from audit_logs
                where user_id = ?
                order by timestamp""", admin.user()))
                .containsExactly(
                        "SEARCH|null|clients|203.0.113.9|curl/8|"
                                + admin.origin().requestId()
                                + "|{\"shown\": 2, \"criteria\": [\"name\"]}|null|null|null",
                        "SEARCH|null|clients|203.0.113.9|curl/8|"
                                + admin.origin().requestId()
                                + "|{\"shown\": 0, \"criteria\": [\"soundsLike\", \"email\"]}|null|null|null");
        assertThat(PLATFORM.rows("""
                select s.record_id
                from audit_subjects s join audit_logs l on l.practice_id = s.practice_id and l.id = s.audit_id
                where l.user_id = ?""", admin.user()))
                .containsExactlyInAnyOrderElementsOf(
                        shown.stream().map(UUID::toString).toList());
    }

    private static ClientSearch sized(ClientSearch search, int top) {
        return new ClientSearch(
                search.name(), search.soundsLike(), search.email(), search.phone(), top, search.cursor());
    }

    private static List<UUID> byPages(Caller caller, ClientSearch search) {
        List<UUID> all = new ArrayList<>();
        Listing.Page<ClientSummaryView> page = page(CLIENTS.search(caller, search));
        all.addAll(ids(page));
        while (page.next() != null) {
            page = page(CLIENTS.search(caller, search.from(page.next())));
            all.addAll(ids(page));
        }
        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
        return all;
    }

    private static List<UUID> ids(Listing<ClientSummaryView> listing) {
        return page(listing).items().stream().map(ClientSummaryView::id).toList();
    }
}
