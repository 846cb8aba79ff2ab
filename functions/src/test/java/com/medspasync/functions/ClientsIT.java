package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.functions.ApiClient.Answer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The life of a client over HTTP, from a login to a restored record, and who may not see it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsIT {

    private static final String WHOLE = """
            {"firstName":"Zoë","lastName":"O'Brien-Nuñez","email":"Zoe@Example.com","phone":"(415) 555-0123",
             "dateOfBirth":"1985-02-28","ssn":"212456789",
             "address":{"line1":"1 Main Street","city":"Austin","state":"TX","postalCode":"78704","country":"US"},
             "emergencyContact":{"name":"Sam O'Brien","relationship":"spouse","phone":"+1 512 555 0199"},
             "medicalHistory":"Allergic to penicillin.","status":"VIP","notes":"Prefers mornings."}""";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestPlatform platform;
    private ApiClient glow;
    private ApiClient radiance;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(60);
        glow = ApiClient.login(platform.host(), "admin@glow.example");
        radiance = ApiClient.login(platform.host(), "admin@radiance.example");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void client_fromCreationToRestore_behavesAsTheContractSays() {
        String[] purpose = {"X-Purpose-Of-Use", "PATIENT_REQUEST"};
        Answer created = glow.post("/api/clients", whole("Whole"), purpose);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("ETag")).isEqualTo("\"1\"");
        assertThat(created.text("ssn")).matches("212-45-[0-9]{4}");
        assertThat(created.text("phone")).isEqualTo("+14155550123");
        String path = created.header("Location");
        assertThat(path).isEqualTo("/api/clients/" + created.text("id"));

        Answer read = glow.get(path, purpose);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(created.body());
        assertThat(read.header("Cache-Control")).isEqualTo("no-store");
        assertThat(glow.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);

        String vip = "{\"status\":\"ACTIVE\",\"notes\":null}";
        assertThat(glow.send("PATCH", path, vip).status()).isEqualTo(428);
        assertThat(glow.send("PATCH", path, vip, "If-Match", "\"7\"").status()).isEqualTo(412);
        Answer patched = glow.send("PATCH", path, vip, "If-Match", "\"1\"");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.header("ETag")).isEqualTo("\"2\"");
        assertThat(patched.text("status")).isEqualTo("ACTIVE");
        assertThat(patched.body().has("notes")).isFalse();
        assertThat(patched.text("medicalHistory")).isEqualTo("Allergic to penicillin.");

        Answer replaced = glow.send(
                "PUT",
                path,
                "{\"firstName\":\"Zoë\",\"lastName\":\"Quinn\",\"email\":\"whole@example.com\"}",
                "If-Match",
                "\"2\"");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.body().has("medicalHistory")).isFalse();
        assertThat(replaced.text("ssn"))
                .as("masked, and so kept")
                .isEqualTo("***-**-" + created.text("ssn").substring(7));

        assertThat(glow.send("DELETE", path, null).status()).isEqualTo(428);
        assertThat(glow.send("DELETE", path, null, "If-Match", "\"3\"").status())
                .isEqualTo(204);
        assertThat(glow.send("DELETE", path, null, "If-Match", "\"3\"").status())
                .isEqualTo(204);
        assertThat(glow.get(path).status()).isEqualTo(410);
        assertThat(glow.post(path + "/restore", null).status()).isEqualTo(200);
        assertThat(glow.get(path).text("lastName")).isEqualTo("Quinn");

        Answer history = glow.get(path + "/history");
        assertThat(history.status()).isEqualTo(200);
        assertThat(history.body().path("value").findValuesAsText("action"))
                .containsExactly("RESTORE", "DELETE", "UPDATE", "UPDATE", "CREATE");
        assertThat(history.body().toString()).contains("Allergic to penicillin.");
        assertThat(history.body().path("value").findValuesAsText("userEmail")).containsOnly("admin@glow.example");
    }

    @Test
    void list_byPages_showsEveryClientOnceAndNothingEncrypted() {
        List<String> seen = new ArrayList<>();
        String next = "/api/clients?top=25&orderby=lastName%20asc&status=ACTIVE";
        while (!next.isEmpty()) {
            Answer page = glow.get(next);
            assertThat(page.status()).isEqualTo(200);
            seen.addAll(page.body().path("value").findValuesAsText("id"));
            assertThat(page.response().body()).doesNotContain("ssn", "dateOfBirth", "medicalHistory", "notes");
            next = page.text("nextLink");
        }
        assertThat(seen).doesNotHaveDuplicates().hasSizeGreaterThan(30);
    }

    @Test
    void search_byNameEmailPhoneAndSound_findsTheClient() {
        Answer created = glow.post("/api/clients", whole("Search").replace("0123", "0177"));
        String id = created.text("id");
        for (String criteria : List.of(
                "{\"name\":\"obrien-n\"}",
                "{\"name\":\"zoe o'br\"}",
                "{\"soundsLike\":\"Obryan Nunes\"}",
                "{\"email\":\"SEARCH@example.com\"}",
                "{\"phone\":\"415-555-0177\"}")) {
            Answer found = glow.post("/api/clients/search", criteria);
            assertThat(found.status()).as(criteria).isEqualTo(200);
            assertThat(found.body().path("value").findValuesAsText("id"))
                    .as(criteria)
                    .contains(id);
        }
    }

    @Test
    void search_byWhatIsEncrypted_findsTheClientWhoseNumberNobodyElseMayHave() {
        String body = whole("Number").replace("1985-02-28", "1931-07-04");
        Answer created = glow.post("/api/clients", body, "X-Purpose-Of-Use", "PATIENT_REQUEST");
        String id = created.text("id");
        String bySsn = "{\"ssn\":\"" + created.text("ssn") + "\"}";
        String byBirth = "{\"dateOfBirth\":\"1931-07-04\",\"lastName\":\"OBrien Nunez\",\"top\":5}";
        for (String criteria : List.of(bySsn, byBirth)) {
            Answer found = glow.post("/api/clients/search", criteria);
            assertThat(found.status()).as(criteria).isEqualTo(200);
            assertThat(found.body().path("value").findValuesAsText("id")).containsExactly(id);
            assertThat(found.response().body()).doesNotContain("ssn", "dateOfBirth", "1931-07-04", "212-45");
            assertThat(radiance.post("/api/clients/search", criteria).body().path("value"))
                    .isEmpty();
        }
        Answer duplicate = glow.post("/api/clients", body.replace("Number@", "Other@"));
        assertThat(duplicate.status()).isEqualTo(409);
        assertThat(duplicate.text("code")).isEqualTo("conflict");
        assertThat(duplicate.text("field")).isEqualTo("/ssn");
        assertThat(duplicate.response().body()).doesNotContain("212-45", "Zoë");
        Answer together = glow.post("/api/clients/search", bySsn.replace("}", ",\"name\":\"zo\"}"));
        assertThat(together.status()).isEqualTo(400);
        assertThat(together.body().path("errors").findValuesAsText("field")).containsExactly("/ssn");
    }

    @Test
    void create_withEverythingWrong_namesEveryField() {
        Answer answer = glow.post("/api/clients", """
                {"firstName":"","lastName":7,"email":"nobody","phone":"12","dateOfBirth":"2999-01-01","ssn":"000-12-3456",
                 "status":"GOLD","favourite":true}""");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder(
                        "/firstName", "/lastName", "/email", "/phone", "/dateOfBirth", "/ssn", "/status", "/favourite");
        assertThat(answer.response().body()).doesNotContain("000-12-3456", "nobody");
    }

    @Test
    void create_repeatedUnderOneKey_isDoneOnce() {
        String body = whole("Once");
        Answer first = glow.post("/api/clients", body, "Idempotency-Key", "once");
        Answer again = glow.post("/api/clients", body, "Idempotency-Key", "once");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        Answer other = glow.post("/api/clients", body.replace("VIP", "ACTIVE"), "Idempotency-Key", "once");
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void otherPractice_onEveryRoute_isToldThatThereIsNoSuchClient() {
        String id = glow.post("/api/clients", whole("Mine")).text("id");
        String path = "/api/clients/" + id;
        assertThat(radiance.get(path).status()).isEqualTo(404);
        assertThat(radiance.send("PATCH", path, "{\"status\":\"VIP\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(radiance.send("PUT", path, whole("Mine"), "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(radiance.send("DELETE", path, null, "If-Match", "\"1\"").status())
                .isEqualTo(404);
        assertThat(radiance.post(path + "/restore", null).status()).isEqualTo(404);
        assertThat(radiance.get(path + "/history").status()).isEqualTo(404);
        assertThat(radiance.post("/api/clients/search", "{\"email\":\"mine@example.com\"}")
                        .body()
                        .path("value"))
                .isEmpty();
        assertThat(glow.get(path).header("ETag")).isEqualTo("\"1\"");
    }

    @Test
    void caller_withoutTokenOrPermission_isRefused() {
        String path =
                "/api/clients/" + glow.create("Refusal", "refusal@example.com").text("id");
        Answer stranger = ApiClient.stranger(platform.host()).get(path);
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.header("WWW-Authenticate")).startsWith("Bearer");
        ApiClient staff = ApiClient.login(platform.host(), "staff@glow.example");
        assertThat(staff.get(path).status()).isEqualTo(200);
        assertThat(staff.send("DELETE", path, null, "If-Match", "\"1\"").status())
                .isEqualTo(403);
        ApiClient operator = ApiClient.login(platform.host(), "operator@medspasync.example");
        assertThat(operator.get(path).status()).isEqualTo(403);
    }

    @Test
    void ciphertext_movedToAnotherRow_isNotShownAndRaisesTheAlarm() throws SQLException {
        String from = glow.post("/api/clients", whole("From")).text("id");
        String to = glow.post("/api/clients", whole("To")).text("id");
        platform.database()
                .execute("update clients t set ssn = f.ssn from clients f where f.id = '" + from + "' and t.id = '" + to
                        + "'");
        List<String> log = new ArrayList<>();
        Answer answer = logged(log, () -> glow.get("/api/clients/" + to));
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text("code")).isEqualTo("unreadable");
        assertThat(answer.response().body()).doesNotContain("212-45", "212456789", "Zoë");
        assertThat(log).anyMatch(line -> line.contains("ALARM tampered-ciphertext") && line.contains(to));
        assertThat(String.join("\n", log)).doesNotContain("Zoë", "212-45", "penicillin");
    }

    @Test
    void columnsOfPhi_inTheDatabase_beginWithTheMagicByte() throws SQLException {
        String id = glow.post("/api/clients", whole("Magic")).text("id");
        for (String column :
                List.of("date_of_birth", "ssn", "address", "emergency_contact", "medical_history", "notes")) {
            assertThat(one("select pg_typeof(%1$s)::text || get_byte(%1$s, 0) from clients where id = '%2$s'"
                            .formatted(column, id)))
                    .as(column)
                    .isEqualTo("bytea77");
        }
    }

    @Test
    void audit_ofAWriteAndARead_namesUserAddressAndAgent() throws SQLException {
        String id = glow.create("Audited", "audited@example.com").text("id");
        assertThat(glow.get("/api/clients/" + id).status()).isEqualTo(200);
        assertThat(one("""
                select string_agg(action || ' ' || u.email || ' ' || ip_address || ' ' || user_agent, '; ' order by timestamp)
                from audit_logs a join users u on u.id = a.user_id
                where record_id = '%s'""".formatted(id)))
                .isEqualTo("CREATE admin@glow.example 127.0.0.1 api-test; READ admin@glow.example 127.0.0.1 api-test");
    }

    @Test
    void appRole_withoutAPractice_seesNoRow() throws SQLException {
        try (Connection connection = platform.database().connect(EmbeddedDatabase.APP);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from clients")) {
            rows.next();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void id_thatIsNoUuid_isNotFoundAsAProblem() {
        Answer answer = glow.get("/api/clients/42");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(glow.get("/api/clients/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    /** Everything about a client whose e-mail address and Social Security number are nobody else's. */
    private static String whole(String name) {
        return WHOLE.replace("Zoe@", name + "@").replace("6789", "%04d".formatted(NUMBER.incrementAndGet()));
    }

    private String one(String sql) throws SQLException {
        try (Connection connection = platform.database().connect(EmbeddedDatabase.SUPERUSER);
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static Answer logged(List<String> lines, Supplier<Answer> call) {
        Logger root = Logger.getLogger("");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                synchronized (lines) {
                    lines.add(message.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        root.addHandler(handler);
        try {
            return call.get();
        } finally {
            root.removeHandler(handler);
        }
    }
}
