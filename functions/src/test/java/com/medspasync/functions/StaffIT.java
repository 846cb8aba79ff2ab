package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who works in a practice, and on which days other hours hold. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StaffIT {

    private static final String STAFF = "/api/staff";
    private static final String EXCEPTIONS = "/api/schedule-exceptions";

    private TestPlatform platform;
    private ApiClient admin;
    private ApiClient manager;
    private ApiClient desk;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        admin = ApiClient.login(platform.host(), "admin@glow.example");
        manager = ApiClient.login(platform.host(), "manager@glow.example");
        desk = ApiClient.login(platform.host(), "staff@glow.example");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void staffMember_isMadeOfAUser_once_andTheRateIsTheManagersToSee() {
        String user = user("ada@glow.example");
        Answer made = manager.post(STAFF, member(user), "Idempotency-Key", "ada");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.response().body()).contains("\"hourlyRate\":62.50").doesNotContain("withheld");
        String path = made.header("Location");
        Answer again = manager.post(STAFF, member(user), "Idempotency-Key", "ada");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(made.body());

        Answer taken = manager.post(STAFF, member(user));
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.text("field")).isEqualTo("/userId");
        Answer unknown = manager.post(STAFF, member(UUID.randomUUID().toString()));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body().at("/errors/0/field").asText()).isEqualTo("/userId");

        Answer seen = desk.get(path);
        assertThat(seen.body().has("hourlyRate")).isFalse();
        assertThat(seen.body().at("/withheld/0").asText()).isEqualTo("hourlyRate");
        assertThat(seen.body().at("/workingHours/monday/0/from").asText()).isEqualTo("09:00");
        assertThat(desk.get(STAFF + "?specialization=Tests").response().body())
                .contains("\"withheld\":[\"hourlyRate\"]")
                .doesNotContain("62.5");
        assertThat(platform.text(
                        "select count(*) from audit_logs where table_name = 'staff' and action = 'READ' and record_id = '"
                                + made.text("id") + "'"))
                .isEqualTo("2");

        Answer changed = manager.send("PATCH", path, "{\"hourlyRate\":null,\"active\":false}", "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().has("hourlyRate")).isFalse();
        assertThat(manager.send("PATCH", path, "{\"active\":true}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(desk.send("PATCH", path, "{\"active\":true}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(403);
        assertThat(manager.send("DELETE", path, null, "If-Match", "\"2\"").status())
                .isEqualTo(204);
        assertThat(manager.get(path).status()).isEqualTo(410);
        assertThat(manager.post(path + "/restore", null).status()).isEqualTo(200);
    }

    @Test
    void staffMember_withAppointmentsToCome_isNotDeleted() {
        String user = user("bo@glow.example");
        Answer made = manager.post(STAFF, member(user));
        String practice = admin.get("/api/auth/me").text("practiceId");
        platform.database().execute("""
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                values ('%s', gen_random_uuid(), '%s', now() + interval '1 day', tstzrange(now() + interval '1 day', now() + interval '25 hours'))""".formatted(practice, made.text("id")));
        Answer refused = manager.send("DELETE", made.header("Location"), null, "If-Match", "\"1\"");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().path("upcomingAppointments").asInt()).isEqualTo(1);
        assertThat(manager.send("PATCH", made.header("Location"), "{\"active\":false}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void exceptions_areMade_collide_andAreFoundByDay() {
        String made = manager.post(STAFF, member(user("cy@glow.example"))).text("id");
        Answer holiday = manager.post(
                EXCEPTIONS,
                "{\"staffId\":\"" + made
                        + "\",\"firstDay\":\"2031-12-24\",\"lastDay\":\"2031-12-26\",\"label\":\"Holidays\"}",
                "Idempotency-Key",
                "holidays");
        assertThat(holiday.status()).isEqualTo(201);
        assertThat(holiday.body().path("hours")).isEmpty();
        Answer clash = manager.post(
                EXCEPTIONS,
                "{\"staffId\":\"" + made
                        + "\",\"firstDay\":\"2031-12-26\",\"hours\":[{\"from\":\"10:00\",\"to\":\"14:00\"}]}");
        assertThat(clash.status()).isEqualTo(409);
        assertThat(clash.text("field")).isEqualTo("/firstDay");
        Answer changed = manager.send(
                "PATCH",
                holiday.header("Location"),
                "{\"hours\":[{\"from\":\"10:00\",\"to\":\"14:00\"}]}",
                "If-Match",
                "\"1\"");
        assertThat(changed.body().at("/hours/0/to").asText()).isEqualTo("14:00");
        assertThat(manager.send(
                                "PATCH",
                                holiday.header("Location"),
                                "{\"lastDay\":\"2031-12-23\"}",
                                "If-Match",
                                "\"2\"")
                        .status())
                .isEqualTo(400);
        assertThat(ids(desk.get(EXCEPTIONS + "?from=2031-12-26&to=2031-12-31&staffId=" + made)))
                .containsExactly(holiday.text("id"));
        assertThat(ids(desk.get(EXCEPTIONS + "?from=2031-12-27&to=2031-12-31"))).isEmpty();
        assertThat(manager.send("DELETE", holiday.header("Location"), null, "If-Match", "\"2\"")
                        .status())
                .isEqualTo(204);
        assertThat(manager.post(holiday.header("Location") + "/restore", null).status())
                .isEqualTo(200);
    }

    private String user(String email) {
        Answer invited = admin.post("/api/users", "{\"email\":\"" + email + "\",\"role\":\"PRACTITIONER\"}");
        assertThat(invited.status()).isEqualTo(201);
        return invited.text("id");
    }

    private static String member(String user) {
        return """
                {"userId":"%s","firstName":"Ada","lastName":"Byron","role":"PRACTITIONER","specializations":["Tests"],
                 "workingHours":{"monday":[{"from":"09:00","to":"17:30"}]},"hourlyRate":62.5}""".formatted(user);
    }

    private static List<String> ids(Answer page) {
        return page.body().path("value").findValues("id").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
