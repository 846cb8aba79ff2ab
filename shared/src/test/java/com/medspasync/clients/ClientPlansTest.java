package com.medspasync.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.StatementPlan;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the server does for the statements of lists and searches, as the application under row-level security, in a practice of 25,000
 * clients among others: whether it plans for the values at hand or for any, it walks an index in order and stops after a page.
 */
class ClientPlansTest {

    private static final int TOP = 50;

    /** A page and the row beyond it, from each of at most a few branches, with those that are left out on the way. */
    private static final double MOST_ROWS = 4.0 * (TOP + 1);

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final PracticeId GLOW = PLATFORM.practice("glow");
    private static final PracticeId RADIANCE = PLATFORM.practice("radiance");

    @BeforeAll
    static void fill() {
        for (PracticeId practice : new PracticeId[] {GLOW, RADIANCE}) {
            PLATFORM.execute("""
                    insert into clients (practice_id, id, first_name, last_name, email, phone, status, first_name_search,
                      last_name_search, email_search, first_name_phonetic, last_name_phonetic, ssn, ssn_index_odd, ssn_index_even,
                      date_of_birth, dob_name_index_odd, dob_name_index_even, created_at)
                    select '%s', gen_random_uuid(), f, l, f || n || '@example.com', '+1212555' || lpad((n %% 5000)::text, 4, '0'),
                      case when n %% 100 = 0 then 'VIP' else 'ACTIVE' end, f, l, f || n || '@example.com', upper(left(f, 2)),
                      upper(left(l, 2)), '\\x4d', sha256(int4send(n)), sha256(int4send(-n)), '\\x4d',
                      substring(sha256(int4send(n %% 4096)) for 2), substring(sha256(int4send(-n %% 4096)) for 2), timestamptz '2026-01-01' + n * interval '1 minute'
                    from (
                      select n, chr(97 + n %% 26) || chr(97 + (n / 26) %% 26) || (n %% 7) as f,
                        chr(97 + (n / 36) %% 26) || chr(97 + (n / 7) %% 26) || (n %% 11) as l
                      from generate_series(1, 25000) n)""".formatted(practice));
        }
        PLATFORM.execute("analyze");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @EnumSource
    void list_walksTheIndexOfItsOrder(StatementPlan.Choice plan) {
        for (boolean first : new boolean[] {true, false}) {
            Map<String, Object> time = page(first, "2026-01-10 00:00:00Z");
            Map<String, Object> name = page(first, "mm3");
            assertIndexes(plan, ClientList.sql(ClientOrder.CREATED_ASCENDING, false), time, "clients_created");
            assertIndexes(plan, ClientList.sql(ClientOrder.LAST_NAME_ASCENDING, false), name, "clients_last_name");
            time.put("status", "VIP");
            assertIndexes(plan, ClientList.sql(ClientOrder.CREATED_ASCENDING, true), time, "clients_status");
        }
        Map<String, Object> time = page(false, "2026-01-10 00:00:00Z");
        assertIndexes(plan, ClientList.sql(ClientOrder.CREATED_DESCENDING, false), time, "clients_created");
        assertIndexes(
                plan, ClientList.sql(ClientOrder.LAST_NAME_DESCENDING, false), page(false, "mm3"), "clients_last_name");
        time.put("status", "VIP");
        assertIndexes(plan, ClientList.sql(ClientOrder.CREATED_DESCENDING, true), time, "clients_status");
    }

    @ParameterizedTest
    @EnumSource
    void search_byName_walksTheIndexesOfNames(StatementPlan.Choice plan) {
        for (String typed : new String[] {"a", "ab", "ab1", "ab1 c"}) {
            assertIndexes(
                    plan,
                    SearchSql.BY_LETTERS,
                    search(NameBranch.ofLetters(typed)),
                    "clients_last_name",
                    "clients_first_name");
        }
    }

    @ParameterizedTest
    @EnumSource
    void search_bySound_walksTheIndexesOfSounds(StatementPlan.Choice plan) {
        List<NameBranch> branches = List.of(
                new NameBranch(NameBranch.Lead.LAST, NameRange.words("AB"), NameRange.ANY),
                new NameBranch(NameBranch.Lead.FIRST, NameRange.ANY, NameRange.words("AB")));
        assertIndexes(
                plan,
                SearchSql.BY_SOUND,
                search(branches),
                "clients_last_name_phonetic",
                "clients_first_name_phonetic");
    }

    @ParameterizedTest
    @EnumSource
    void search_byEmailOrPhone_looksItUp(StatementPlan.Choice plan) {
        Map<String, Object> values = search(List.of());
        values.put("email", "aa0@example.com");
        assertIndexes(plan, SearchSql.BY_EMAIL_AND_LETTERS, values, "clients_email_unique");
        values.put("email", null);
        values.put("phone", "+12125550042");
        assertIndexes(plan, SearchSql.BY_PHONE_AND_LETTERS, values, "clients_phone");
        assertIndexes(plan, SearchSql.BY_PHONE_AND_SOUND, values, "clients_phone");
    }

    @ParameterizedTest
    @EnumSource
    void search_byWhatIsEncrypted_looksUpBothSlots(StatementPlan.Choice plan) {
        Map<String, Object> values = new HashMap<>();
        values.put("index_versions", "{1,2}");
        values.put("after_key1", "");
        values.put("after_key2", "");
        values.put("after_id", "00000000-0000-0000-0000-000000000000");
        values.put("top", TOP);
        values.put("criteria", "[]");
        values.put("ssn_index_odd", sha256(42, 32));
        values.put("ssn_index_even", sha256(-42, 32));
        assertIndexes(plan, CandidateSql.BY_SSN, values, "Bitmap Heap Scan", "clients_ssn_odd", "clients_ssn_even");
        values.put("last_name", "cg9");
        values.put("dob_name_index_odd", sha256(42, 2));
        values.put("dob_name_index_even", sha256(-42, 2));
        assertIndexes(
                plan,
                CandidateSql.BY_BIRTH_AND_NAME,
                values,
                "Bitmap Heap Scan",
                "clients_dob_name_odd",
                "clients_dob_name_even");
    }

    /** The first bytes of the digest of a number, as the clients above have them for index. */
    private static byte[] sha256(int number, int length) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(ByteBuffer.allocate(4).putInt(number).array());
            return Arrays.copyOf(digest, length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> page(boolean first, String after) {
        Map<String, Object> values = new HashMap<>();
        boolean byTime = after.startsWith("2026");
        values.put("created_from", byTime ? "-infinity" : null);
        values.put("created_to", byTime ? "infinity" : null);
        values.put("criteria", "[]");
        values.put("top", TOP);
        values.put("after_key", first ? (byTime ? "-infinity" : "") : after);
        values.put("after_first_name", "");
        values.put("after_id", "00000000-0000-0000-0000-000000000000");
        return values;
    }

    private static Map<String, Object> search(List<NameBranch> branches) {
        Map<String, Object> values = new HashMap<>();
        values.put("leads", array(branches.stream().map(branch -> branch.lead().name())));
        values.put(
                "last_low", array(branches.stream().map(branch -> branch.last().low())));
        values.put(
                "last_high", array(branches.stream().map(branch -> branch.last().high())));
        values.put(
                "first_low",
                array(branches.stream().map(branch -> branch.first().low())));
        values.put(
                "first_high",
                array(branches.stream().map(branch -> branch.first().high())));
        values.put("email", null);
        values.put("phone", null);
        values.put("after_branch", 1);
        values.put("after_key1", "");
        values.put("after_key2", "");
        values.put("after_key3", "");
        values.put("after_id", "00000000-0000-0000-0000-000000000000");
        values.put("top", TOP);
        values.put("criteria", "[]");
        return values;
    }

    private static String array(java.util.stream.Stream<String> elements) {
        return elements.map(element -> '"' + element + '"').collect(Collectors.joining(",", "{", "}"));
    }

    /** Of {@code clients} the statement uses these indexes and nothing else, for no more rows than a page takes. */
    private static void assertIndexes(
            StatementPlan.Choice plan, Sql sql, Map<String, Object> values, String... indexes) {
        Set<String> used = new TreeSet<>();
        for (JsonNode scan : StatementPlan.of(DATABASE, GLOW, plan, sql, values).nodes(ClientPlansTest::isOfClients)) {
            used.add(scan.path("Index Name").asText(scan.path("Node Type").asText()));
            assertThat(StatementPlan.rowsRead(scan))
                    .as("%s: rows by %s of %s", plan, scan.path("Index Name"), sql)
                    .isLessThanOrEqualTo(MOST_ROWS);
        }
        assertThat(used).as("%s of %s", plan, sql).containsExactlyInAnyOrder(indexes);
    }

    private static boolean isOfClients(JsonNode node) {
        return node.path("Relation Name").asText().equals("clients")
                || node.path("Node Type").asText().equals("Bitmap Index Scan");
    }
}
