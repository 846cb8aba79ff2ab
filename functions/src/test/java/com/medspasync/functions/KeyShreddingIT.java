package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys destroyed over HTTP and through the queue, on two hosts that both know them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyShreddingIT {

    private static final String SHREDDINGS = "/api/key-shreddings";

    private TestPlatform platform;
    private LocalHost second;
    private ApiClient operator;
    private ApiClient glow;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(20);
        // At once, as a developer may have it; the first host has the waiting period of a real one.
        second = platform.newHost(Map.of(SettingNames.SHREDDING_WAIT_DAYS, "0", SettingNames.KEY_BACKUP_DAYS, "0"));
        operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
        glow = ApiClient.login(platform.host(), "admin@glow.example");
    }

    @AfterAll
    void stop() {
        second.close();
        platform.close();
    }

    @Test
    void client_shredded_isGoneOnBothHostsForGood() {
        String client = glow.create("Forgotten", "forgotten@example.com").header("Location");
        ApiClient there = glow.at(second);
        assertThat(there.send("PATCH", client, "{\"notes\":\"Evenings\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(200);

        Answer accepted = operator.post(SHREDDINGS, ofClient(client));
        assertThat(accepted.status()).isEqualTo(202);
        operator.await(accepted.header("Operation-Location"), "COMPLETED");

        for (ApiClient reader : new ApiClient[] {glow, there}) {
            assertShredded(reader.get(client));
            assertShredded(reader.send("PATCH", client, "{\"notes\":\"Back\"}", "If-Match", "\"2\""));
            assertShredded(reader.send("PATCH", client, "{\"status\":\"VIP\"}", "If-Match", "\"2\""));
            assertShredded(reader.post(client + "/restore", ""));
            Answer history = reader.get(client + "/history");
            assertThat(history.status()).isEqualTo(200);
            assertThat(history.body().toString()).doesNotContain("Evenings");
        }
        Answer certificate = operator.get(accepted.header("Operation-Location") + "/certificate");
        assertThat(certificate.status()).isEqualTo(409);
        assertThat(operator.post(SHREDDINGS, ofClient(client)).status()).isEqualTo(404);
        assertThat(operator.post(accepted.header("Operation-Location") + "/resume", null)
                        .status())
                .isEqualTo(409);
    }

    private static void assertShredded(Answer answer) {
        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text("code")).isEqualTo("shredded");
    }

    private String ofClient(String location) {
        return "{\"kind\":\"CLIENT\",\"practiceId\":\"" + practice("glow") + "\",\"clientId\":\""
                + location.substring(location.lastIndexOf('/') + 1) + "\",\"reason\":\"asked for\"}";
    }

    private String practice(String name) {
        return platform.text("select practice_id::text from users where email = 'admin@" + name + ".example'");
    }

    @Test
    void practice_confirmed_isClosedOnBothHosts() {
        ApiClient radiance = ApiClient.login(platform.host(), "admin@radiance.example");
        String client = radiance.create("Forgotten", "all@example.com").header("Location");
        String practice = practice("radiance");
        String body = "{\"kind\":\"PRACTICE\",\"practiceId\":\"" + practice + "\",\"reason\":\"offboarding\"}";
        String confirmation = "{\"practiceId\":\"" + practice + "\"}";

        Answer waiting = operator.post(SHREDDINGS, body);
        String location = waiting.header("Operation-Location");
        assertThat(waiting.text("status")).isEqualTo("WAITING");
        Answer early = operator.post(location + "/confirm", confirmation);
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.text("detail")).contains(waiting.text("confirmableAt"));
        assertThat(radiance.get(client).status()).isEqualTo(200);
        assertThat(operator.post(location + "/cancel", null).text("status")).isEqualTo("CANCELLED");
        assertThat(operator.post(location + "/confirm", confirmation).status()).isEqualTo(409);
        assertThat(operator.post(location + "/cancel", null).status()).isEqualTo(200);

        location = operator.at(second).post(SHREDDINGS, body).header("Operation-Location");
        assertThat(operator.post(location + "/confirm", "{\"practiceId\":\"" + UUID.randomUUID() + "\"}")
                        .status())
                .isEqualTo(409);
        assertThat(operator.post(location + "/confirm", confirmation).status()).isEqualTo(202);
        operator.await(location, "COMPLETED");

        assertShredded(radiance.get(client));
        assertShredded(radiance.at(second).get(client));
        assertThat(radiance.create("Late", "late@example.com").status()).isGreaterThanOrEqualTo(400);
        assertThat(ApiClient.stranger(platform.host())
                        .post(
                                "/api/auth/login",
                                "{\"email\":\"admin@radiance.example\",\"password\":\"" + DemoPractices.PASSWORD
                                        + "\"}")
                        .status())
                .isEqualTo(401);
        assertThat(operator.post(location + "/cancel", null).status()).isEqualTo(409);
    }

    @Test
    void shreddings_ofOthersThanOperatorsAndOfWhatIsNotThere_areRefused() {
        String nobody = SHREDDINGS + "/" + UUID.randomUUID();
        for (String path : new String[] {SHREDDINGS, nobody, nobody + "/certificate"}) {
            assertThat(glow.get(path).status()).isEqualTo(403);
            assertThat(ApiClient.stranger(platform.host()).get(path).status()).isEqualTo(401);
        }
        assertThat(glow.post(SHREDDINGS, "{\"kind\":\"CLIENT\"}").status()).isEqualTo(403);
        assertThat(glow.post(nobody + "/confirm", "{}").status()).isEqualTo(403);
        assertThat(operator.get(nobody).status()).isEqualTo(404);
        assertThat(operator.get(nobody + "/certificate").status()).isEqualTo(404);
        assertThat(operator.post(nobody + "/confirm", "{\"practiceId\":\"" + UUID.randomUUID() + "\"}")
                        .status())
                .isEqualTo(404);
        assertThat(operator.post(nobody + "/cancel", null).status()).isEqualTo(404);
        assertThat(operator.post(nobody + "/resume", null).status()).isEqualTo(404);
        Answer faulty = operator.post(SHREDDINGS, "{\"kind\":\"CLIENT\",\"practiceId\":7}");
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.body().path("errors")).hasSize(3);
    }
}
