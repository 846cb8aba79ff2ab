package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.functions.ApiClient.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each role gets of a client over HTTP, with and without a purpose, and what of that the audit says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MaskingIT {

    private static final String PURPOSE = "X-Purpose-Of-Use";

    private static final String WHOLE = """
            {"firstName":"Zoë","lastName":"Quillfeather","email":"zoe.%s@example.com","phone":"+14155550123",
             "dateOfBirth":"1985-02-28","ssn":"212456789",
             "address":{"line1":"1 Juniper Street","line2":"Suite 4","city":"Austin","state":"TX","postalCode":"78704"},
             "emergencyContact":{"name":"Sam Brandt","relationship":"spouse","phone":"+15125550199"},
             "medicalHistory":"Allergic to penicillin.","status":"VIP","notes":"Prefers mornings."}""";

    private static final String DATE = "\"dateOfBirth\":\"1985-02-28\"";
    private static final String YEAR = "\"dateOfBirth\":\"1985\"";
    private static final String SSN = "\"ssn\":\"212-45-6789\"";
    private static final String SSN_MASKED = "\"ssn\":\"***-**-6789\"";
    private static final String ADDRESS = """
            "address":{"line1":"1 Juniper Street","line2":"Suite 4","city":"Austin","state":"TX","postalCode":"78704","country":"US"}""";
    private static final String ADDRESS_MASKED = """
            "address":{"line1":"1 *** Street","line2":"***","city":"***","state":"***","postalCode":"***","country":"US"}""";
    private static final String CONTACT = """
            "emergencyContact":{"name":"Sam Brandt","relationship":"spouse","phone":"+15125550199"}""";
    private static final String CONTACT_MASKED = """
            "emergencyContact":{"name":"***","relationship":"***","phone":"***-***-0199"}""";
    private static final String CLINICAL = """
            "medicalHistory":"Allergic to penicillin.","notes":"Prefers mornings."
            """;
    private static final String NO_CLINICAL = "\"withheld\":[\"medicalHistory\",\"notes\"]";

    /** Who sees what, what of it only for a purpose, and which texts never reach them. */
    record View(String user, List<String> seen, List<String> seenForAPurpose, String unmasked, List<String> never) {}

    static Stream<View> views() {
        return Stream.of(
                new View(
                        "admin@glow.example",
                        List.of(DATE, SSN_MASKED, ADDRESS, CONTACT, CLINICAL, "\"masked\":[\"ssn\"]"),
                        List.of(DATE, SSN, ADDRESS, CONTACT, CLINICAL),
                        "{\"unmasked\": [\"ssn\"]}",
                        List.of()),
                new View(
                        "manager@glow.example",
                        List.of(DATE, SSN_MASKED, ADDRESS, CONTACT, "\"masked\":[\"ssn\"]", NO_CLINICAL),
                        List.of(DATE, SSN, ADDRESS, CONTACT, NO_CLINICAL),
                        "{\"unmasked\": [\"ssn\"]}",
                        List.of("penicillin", "mornings")),
                new View(
                        "practitioner@glow.example",
                        List.of(
                                DATE,
                                ADDRESS_MASKED,
                                CONTACT,
                                CLINICAL,
                                "\"masked\":[\"address\"]",
                                "\"withheld\":[\"ssn\"]"),
                        List.of(DATE, ADDRESS, CONTACT, CLINICAL, "\"withheld\":[\"ssn\"]"),
                        "{\"unmasked\": [\"address\"]}",
                        List.of("212-45", "212456789", "-6789\"")),
                new View(
                        "staff@glow.example",
                        List.of(
                                YEAR,
                                SSN_MASKED,
                                ADDRESS_MASKED,
                                CONTACT_MASKED,
                                "\"masked\":[\"dateOfBirth\",\"ssn\",\"address\",\"emergencyContact\"]",
                                NO_CLINICAL),
                        List.of(DATE, SSN, ADDRESS, CONTACT, NO_CLINICAL),
                        "{\"unmasked\": [\"dateOfBirth\", \"ssn\", \"address\", \"emergencyContact\"]}",
                        List.of("penicillin", "mornings")));
    }

    private TestPlatform platform;
    private ApiClient admin;
    private int clients;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(3);
        admin = ApiClient.login(platform.host(), "admin@glow.example");
    }

    /** Each test has a client with the same number, which one client of a practice can have at a time. */
    @BeforeEach
    void freeTheNumber() {
        platform.database().execute("update clients set ssn_index_odd = null, ssn_index_even = null");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @ParameterizedTest
    @MethodSource("views")
    void read_byEveryRole_showsExactlyTheTable(View view) throws SQLException {
        Answer created = create();
        String path = created.header("Location");
        ApiClient user = ApiClient.login(platform.host(), view.user());

        assertThat(user.get(path).body()).isEqualTo(expected(created, view.seen()));
        assertThat(audit(created)).containsExactly("CREATE null null", "READ null null");

        assertThat(user.get(path, PURPOSE, "PATIENT_REQUEST").body())
                .isEqualTo(expected(created, view.seenForAPurpose()));
        assertThat(audit(created))
                .containsExactly("CREATE null null", "READ null null", "READ PATIENT_REQUEST " + view.unmasked());
        assertThat(audit(created).toString()).doesNotContain("212", "Juniper", "Sam", "1985");
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyRoute_byEveryRole_hasNothingInItsRawBodyThatTheRoleMayNotSee(View view) {
        ApiClient user = ApiClient.login(platform.host(), view.user());
        Answer created = create();
        String path = created.header("Location");
        String body = WHOLE.formatted("raw" + ++clients);
        for (String purpose : List.of("", "LEGAL")) {
            String[] headers = purpose.isEmpty() ? new String[0] : new String[] {PURPOSE, purpose};
            List<Answer> answers = new ArrayList<>();
            answers.add(user.get(path, headers));
            answers.add(user.get("/api/clients", headers));
            answers.add(user.post("/api/clients/search", "{\"name\":\"quill\"}", headers));
            answers.add(user.get(path + "/history", headers));
            answers.add(user.send(
                    "PATCH",
                    path,
                    "{}",
                    with(headers, "If-Match", user.get(path).header("ETag"))));
            freeTheNumber();
            answers.add(user.send(
                    "PUT",
                    path,
                    WHOLE.formatted("put" + ++clients),
                    with(headers, "If-Match", user.get(path).header("ETag"))));
            freeTheNumber();
            answers.add(user.post(
                    "/api/clients",
                    body.replace("raw", "raw" + purpose),
                    with(headers, "Idempotency-Key", purpose + "k")));
            answers.add(user.post(
                    "/api/clients",
                    body.replace("raw", "raw" + purpose),
                    with(headers, "Idempotency-Key", purpose + "k")));
            for (Answer answer : answers) {
                assertThat(answer.status()).isIn(200, 201, 403);
                for (String never : view.never()) {
                    assertThat(answer.response().body()).doesNotContain(never);
                }
                if (purpose.isEmpty()) {
                    assertThat(answer.response().body()).doesNotContain("212-45-6789", "212456789");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CURIOSITY", "legal", "LEGAL, TREATMENT"})
    void read_forNoPurposeOfTheList_is400NamingTheHeader(String purpose) throws SQLException {
        Answer created = create();
        Answer refused = admin.get(created.header("Location"), PURPOSE, purpose);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("invalid");
        assertThat(refused.body().at("/errors/0/field").asText()).isEqualTo(PURPOSE);
        assertThat(audit(created)).containsExactly("CREATE null null");
    }

    @Test
    void read_ofAVersionThatTheCallerHas_isShownAgainForAPurpose() throws SQLException {
        Answer created = create();
        String path = created.header("Location");

        assertThat(admin.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);
        Answer shown = admin.get(path, "If-None-Match", "\"1\"", PURPOSE, "LEGAL");
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("ssn")).isEqualTo("212-45-6789");
        assertThat(audit(created))
                .containsExactly("CREATE null null", "READ null null", "READ LEGAL {\"unmasked\": [\"ssn\"]}");
    }

    @Test
    void put_byStaffOfWhatItSees_keepsMedicalHistoryAndSsn() {
        Answer created = create();
        String path = created.header("Location");
        ApiClient staff = ApiClient.login(platform.host(), "staff@glow.example");
        ObjectNode body = (ObjectNode) staff.get(path).body();
        List<String> masked = new ArrayList<>();
        body.path("masked").forEach(field -> masked.add(field.asText()));
        body.remove(List.of("id", "createdAt", "updatedAt", "masked", "withheld"));
        body.put("phone", "+14155550188");
        assertThat(staff.send("PUT", path, body.toString(), "If-Match", "\"1\"").status())
                .as("with what is masked")
                .isEqualTo(400);

        body.remove(masked);
        Answer replaced = staff.send("PUT", path, body.toString(), "If-Match", "\"1\"");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.text("phone")).isEqualTo("+14155550188");

        ObjectNode whole = (ObjectNode) admin.get(path, PURPOSE, "OPERATIONS").body();
        ObjectNode before = (ObjectNode) created.body();
        assertThat(whole.remove("phone").asText()).isEqualTo("+14155550188");
        whole.remove("updatedAt");
        before.remove(List.of("phone", "updatedAt"));
        assertThat(whole).isEqualTo(before);
    }

    @Test
    void list_andSearch_forAPurpose_haveItOnRecord() throws SQLException {
        String id = create().text("id");
        assertThat(admin.get("/api/clients?top=1", PURPOSE, "OPERATIONS").status())
                .isEqualTo(200);
        assertThat(admin.post("/api/clients/search", "{\"name\":\"quill\"}", PURPOSE, "TREATMENT")
                        .status())
                .isEqualTo(200);
        assertThat(rows("select action || ' ' || purpose from disclosures where record_id = '" + id
                        + "' and purpose is not null order by timestamp"))
                .containsExactly("READ OPERATIONS", "SEARCH TREATMENT");
    }

    /** A client with every field, as the administrator sees it for a purpose. The row of that READ is taken out of the audit again. */
    private Answer create() {
        Answer created = admin.post("/api/clients", WHOLE.formatted("m" + ++clients), PURPOSE, "OPERATIONS");
        assertThat(created.status()).isEqualTo(201);
        platform.database()
                .execute("delete from audit_logs where record_id = '" + created.text("id") + "' and action = 'READ'");
        return created;
    }

    private static JsonNode expected(Answer created, List<String> parts) {
        ObjectNode whole = (ObjectNode) ApiClient.read("{" + String.join(",", parts) + "}");
        for (String field :
                List.of("id", "firstName", "lastName", "email", "phone", "status", "createdAt", "updatedAt")) {
            whole.set(field, created.body().get(field));
        }
        return whole;
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
    }

    private List<String> audit(Answer created) throws SQLException {
        return rows(
                "select action || ' ' || coalesce(purpose, 'null') || ' ' || coalesce(details::text, 'null') from audit_logs"
                        + " where record_id = '" + created.text("id") + "' order by timestamp");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = platform.database().connect(EmbeddedDatabase.SUPERUSER);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
