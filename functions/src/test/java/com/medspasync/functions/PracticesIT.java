package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A practice's own record, and practices as operators take them on and close them, over two hosts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PracticesIT {

    private static final String PRACTICES = "/api/practices";

    private TestPlatform platform;
    private LocalHost second;
    private ApiClient operator;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        second = platform.newHost(Map.of());
        operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
    }

    @AfterAll
    void stop() {
        second.close();
        platform.close();
    }

    @Test
    void practice_isReadAndChangedByItsAdministrator() {
        ApiClient admin = ApiClient.login(platform.host(), "admin@glow.example");
        ApiClient desk = ApiClient.login(platform.host(), "staff@glow.example");
        String path = PRACTICES + "/" + admin.get("/api/auth/me").text("practiceId");
        Answer read = admin.get(path);
        assertThat(read.text("taxId")).isEqualTo("12-3456789");
        Answer seen = desk.get(path);
        assertThat(seen.body().has("taxId")).isFalse();
        assertThat(seen.body().path("withheld")).hasSize(2);

        Answer changed = admin.send(
                "PATCH",
                path,
                "{\"timeZone\":\"America/Denver\",\"openingHours\":{\"friday\":[{\"from\":\"10:00\",\"to\":\"24:00\"}]},\"slotMinutes\":20}",
                "If-Match",
                read.header("ETag"));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body().at("/openingHours/friday/0/to").asText()).isEqualTo("24:00");
        assertThat(changed.text("timeZone")).isEqualTo("America/Denver");
        assertThat(admin.get("/api/access-policy").header("ETag")).isEqualTo(changed.header("ETag"));
        assertThat(admin.send("PATCH", path, "{\"name\":\"Late\"}", "If-Match", read.header("ETag"))
                        .status())
                .isEqualTo(412);
        assertThat(admin.send("PATCH", path, "{\"timeZone\":\"Mars/Olympus\"}", "If-Match", changed.header("ETag"))
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("/timeZone");
        assertThat(desk.send("PATCH", path, "{\"name\":\"Mine\"}", "If-Match", changed.header("ETag"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void operator_reachesAPracticeThatItNamesTwice() {
        String id = ApiClient.login(platform.host(), "admin@radiance.example")
                .get("/api/auth/me")
                .text("practiceId");
        String path = PRACTICES + "/" + id;
        assertThat(operator.get(path).status()).isEqualTo(404);
        assertThat(operator.get(path, "X-Practice-Id", UUID.randomUUID().toString())
                        .status())
                .isEqualTo(404);
        Answer read = operator.get(path, "X-Practice-Id", id);
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body().has("taxId")).isFalse();
        assertThat(operator.send(
                                "PATCH",
                                path,
                                "{\"reminderHours\":12}",
                                "X-Practice-Id",
                                id,
                                "If-Match",
                                read.header("ETag"))
                        .status())
                .isEqualTo(200);
        String own = PRACTICES + "/" + new UUID(0, 0);
        assertThat(operator.get(own).status()).isEqualTo(404);
        assertThat(operator.send("DELETE", own, null, "If-Match", "\"1\"").status())
                .isEqualTo(404);
    }

    @Test
    void practice_isTakenOn_getsItsAdministrator_isClosedForAllAtOnce_andComesBack() {
        String id = UUID.randomUUID().toString();
        String wish =
                "{\"id\":\"" + id + "\",\"name\":\"Lumen\",\"timeZone\":\"America/Chicago\",\"taxId\":\"98-7654321\"}";
        Answer admitted = operator.post(PRACTICES, wish);
        assertThat(admitted.status()).isEqualTo(201);
        assertThat(admitted.header("Location")).isEqualTo(PRACTICES + "/" + id);
        assertThat(operator.post(PRACTICES, wish).header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(operator.post(PRACTICES, wish.replace("Lumen", "Lux")).status())
                .isEqualTo(409);

        Answer invited = operator.post(
                "/api/users", "{\"email\":\"ada@lumen.example\",\"role\":\"ADMIN\"}", "X-Practice-Id", id);
        assertThat(invited.status()).isEqualTo(201);
        String token = platform.awaitMessage(message ->
                        message.body().at("/recipient/email").asText().equals("ada@lumen.example"))
                .body()
                .path("token")
                .asText();
        assertThat(ApiClient.stranger(platform.host())
                        .post("/api/auth/redeem", "{\"token\":\"" + token + "\",\"password\":\"Kite-over-the-lake-7\"}")
                        .status())
                .isEqualTo(204);
        ApiClient ada = lumen();
        ApiClient elsewhere = ada.at(second);
        assertThat(elsewhere.get(PRACTICES + "/" + id).text("taxId")).isEqualTo("98-7654321");
        assertThat(ada.create("Byron", "client@lumen.example").status()).isEqualTo(201);
        assertThat(ada.get(PRACTICES).status()).isEqualTo(403);

        assertThat(listed()).contains("Lumen");
        String version = operator.get(PRACTICES + "/" + id, "X-Practice-Id", id).header("ETag");
        assertThat(operator.send("DELETE", PRACTICES + "/" + id, null, "If-Match", "\"9\"")
                        .status())
                .isEqualTo(412);
        assertThat(operator.send("DELETE", PRACTICES + "/" + id, null, "If-Match", version)
                        .status())
                .isEqualTo(204);
        assertThat(elsewhere.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(login().status()).isEqualTo(401);
        assertThat(operator.post(PRACTICES, wish).status()).isEqualTo(409);

        assertThat(operator.post(PRACTICES + "/" + id + "/restore", null).status())
                .isEqualTo(200);
        assertThat(elsewhere.get("/api/auth/me").status()).isEqualTo(401);
        assertThat(lumen().get("/api/auth/me").status()).isEqualTo(200);
    }

    private List<String> listed() {
        return operator.get(PRACTICES + "?top=100").body().path("value").findValues("name").stream()
                .map(JsonNode::asText)
                .toList();
    }

    private Answer login() {
        return ApiClient.stranger(platform.host())
                .post("/api/auth/login", "{\"email\":\"ada@lumen.example\",\"password\":\"Kite-over-the-lake-7\"}");
    }

    private ApiClient lumen() {
        Answer login = login();
        assertThat(login.status()).isEqualTo(200);
        return ApiClient.withToken(platform.host(), login.text("accessToken"));
    }
}
