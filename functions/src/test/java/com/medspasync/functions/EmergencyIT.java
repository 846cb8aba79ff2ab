package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.host.LocalHost;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An emergency, from the glass that is broken to its review, on two instances. */
class EmergencyIT {

    private static TestPlatform platform;
    private static LocalHost second;

    @BeforeAll
    static void start() {
        platform = TestPlatform.start(3);
        second = platform.newHost(Map.of());
    }

    @AfterAll
    static void stop() {
        second.close();
        platform.close();
    }

    @Test
    void emergency_showsOneClient_isTold_ends_andIsReviewed() {
        ApiClient desk = ApiClient.login(platform.host(), "staff@glow.example");
        ApiClient admin = ApiClient.login(second, "admin@glow.example");
        var clients = desk.get("/api/clients").body().path("value");
        String client = "/api/clients/" + clients.get(0).path("id").asText();
        String other = "/api/clients/" + clients.get(1).path("id").asText();
        assertThat(desk.get(client).body().path("withheld").toString()).contains("medicalHistory");

        Answer opened = desk.post(
                "/api/emergency-accesses",
                "{\"clientId\":\"" + clients.get(0).path("id").asText()
                        + "\",\"reason\":\"Collapsed at the front desk\",\"minutes\":5}");
        assertThat(opened.status()).isEqualTo(201);
        ApiClient emergency = ApiClient.withToken(second, opened.text("accessToken"));

        assertThat(emergency.get(client).body().has("withheld"))
                .as("nothing is withheld")
                .isEqualTo(desk.get(client).body().path("withheld").isEmpty());
        assertThat(emergency.get(other).status()).as("another client").isEqualTo(403);
        assertThat(emergency.get("/api/clients").status()).as("a list").isEqualTo(403);
        String id = opened.text("id");
        platform.awaitMessage(message -> message.kind().equals("BREAK_GLASS")
                && message.body().path("emergencyAccessId").asText().equals(id));

        Answer open = admin.get("/api/emergency-accesses/" + id);
        assertThat(open.text("status")).isEqualTo("OPEN");
        assertThat(open.body().path("events")).hasSize(1);
        assertThat(admin.post("/api/emergency-accesses/" + id + "/review", "{\"verdict\":\"JUSTIFIED\"}")
                        .status())
                .isEqualTo(409);
        assertThat(desk.post("/api/emergency-accesses/" + id + "/end", null).status())
                .isEqualTo(204);
        assertThat(emergency.get(client).status())
                .as("over with the next request")
                .isEqualTo(401);
        assertThat(desk.get(client).status()).isEqualTo(200);
        assertThat(admin.post(
                                "/api/emergency-accesses/" + id + "/review",
                                "{\"verdict\":\"JUSTIFIED\",\"note\":\"Ambulance report\"}")
                        .status())
                .isEqualTo(204);
        assertThat(admin.get("/api/emergency-accesses")
                        .body()
                        .path("value")
                        .get(0)
                        .path("status")
                        .asText())
                .isEqualTo("REVIEWED");
    }

    @Test
    void emergency_withoutAReasonOrForTooLong_isRefusedWithEveryFault() {
        ApiClient desk = ApiClient.login(platform.host(), "staff@glow.example");

        Answer refused = desk.post("/api/emergency-accesses", "{\"clientId\":\"x\",\"reason\":\"now\",\"minutes\":99}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors")).hasSize(3);
    }
}
