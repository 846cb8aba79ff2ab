package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys replaced over HTTP and through the queue, on two hosts, while both serve. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyRotationIT {

    private static final String ROTATIONS = "/api/key-rotations";
    private static final int CLIENTS = 60;

    private TestPlatform platform;
    private LocalHost second;
    private ApiClient operator;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(CLIENTS);
        second = platform.newHost(Map.of());
        operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
    }

    @AfterAll
    void stop() {
        second.close();
        platform.close();
    }

    @Test
    void rotations_ofEveryKindAtOnceWhileTwoHostsWrite_leaveNothingUnderTheOldKeys() throws Exception {
        ApiClient glow = ApiClient.login(platform.host(), "admin@glow.example");
        String suspected = glow.create("Suspected", "suspected@example.com").header("Location");
        String practice = platform.text("select practice_id from clients where email = 'suspected@example.com'");
        AtomicBoolean rotated = new AtomicBoolean();
        List<String> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<List<String>>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int number = i;
                ApiClient client = i % 2 == 0 ? glow : glow.at(second);
                writers.add(threads.submit(() -> write(client, number, rotated)));
            }
            try {
                List<String> running = List.of(
                        begin("{\"kind\":\"ROOT\",\"reason\":\"yearly\"}"),
                        begin("{\"kind\":\"PRACTICE\",\"practiceId\":\"" + practice + "\",\"reason\":\"yearly\"}"),
                        begin("{\"kind\":\"CLIENT\",\"practiceId\":\"" + practice + "\",\"clientId\":\""
                                + suspected.substring(suspected.lastIndexOf('/') + 1) + "\",\"reason\":\"leaked\"}"));
                for (String location : running) {
                    operator.await(location, "COMPLETED");
                }
            } finally {
                rotated.set(true);
            }
            for (Future<List<String>> writer : writers) {
                written.addAll(writer.get());
            }
        }
        assertThat(platform.text("select string_agg(distinct root_version::text, ',') from practice_keys"))
                .isEqualTo("2");
        assertThat(platform.text("select count(*) from client_keys where practice_id = '" + practice
                        + "' and practice_key_version <> 2"))
                .isEqualTo("0");
        assertThat(platform.text("select count(*) from clients where practice_id = '" + practice
                        + "' and (ssn_index_odd is not null or ssn is not null and ssn_index_even is null)"))
                .isEqualTo("0");
        try (LocalHost fresh = platform.newHost(Map.of())) {
            ApiClient reader = glow.at(fresh);
            assertThat(reader.get(suspected).status()).isEqualTo(200);
            for (String location : written) {
                assertThat(reader.get(location).text("notes")).isEqualTo("changed");
            }
        }
        assertThat(operator.get(ROTATIONS).body().path("value")).hasSize(3);
    }

    private List<String> write(ApiClient client, int writer, AtomicBoolean rotated) {
        List<String> written = new ArrayList<>();
        for (int more = 3; more > 0; more -= rotated.get() ? 1 : 0) {
            Answer created = client.create("Rotated", "rotated." + writer + "." + written.size() + "@example.com");
            assertThat(created.status()).isEqualTo(201);
            String location = created.header("Location");
            assertThat(client.send("PATCH", location, "{\"notes\":\"changed\"}", "If-Match", "\"1\"")
                            .status())
                    .isEqualTo(200);
            written.add(location);
        }
        return written;
    }

    private String begin(String body) {
        Answer accepted = operator.post(ROTATIONS, body);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).isEqualTo("5");
        String location = accepted.header("Operation-Location");
        assertThat(operator.at(second).post(ROTATIONS, body).text("id")).isEqualTo(accepted.text("id"));
        return location;
    }

    @Test
    void rotations_ofOthersThanOperators_areForbidden() {
        ApiClient admin = ApiClient.login(platform.host(), "admin@glow.example");
        assertThat(admin.get(ROTATIONS).status()).isEqualTo(403);
        assertThat(admin.post(ROTATIONS, "{\"kind\":\"ROOT\",\"reason\":\"mine\"}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.get(ROTATIONS + "/" + UUID.randomUUID()).status()).isEqualTo(403);
        assertThat(ApiClient.stranger(platform.host()).get(ROTATIONS).status()).isEqualTo(401);
    }

    @Test
    void rotations_ofWhatIsNotThereOrNotRight_areRefused() {
        Answer unknown = operator.post(
                ROTATIONS, "{\"kind\":\"PRACTICE\",\"practiceId\":\"" + UUID.randomUUID() + "\",\"reason\":\"x\"}");
        assertThat(unknown.status()).isEqualTo(404);
        Answer wrong = operator.post(ROTATIONS, "{\"kind\":\"CLIENT\",\"practiceId\":\"p\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("/practiceId", "/clientId", "/reason");
        assertThat(operator.get(ROTATIONS + "/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(operator.post(ROTATIONS + "/" + UUID.randomUUID() + "/resume", null)
                        .status())
                .isEqualTo(404);
    }
}
