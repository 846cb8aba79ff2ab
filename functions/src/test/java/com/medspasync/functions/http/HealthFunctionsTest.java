package com.medspasync.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.DatabaseExceptions;
import com.medspasync.functions.http.kernel.Kernels;
import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.http.kernel.TestRequest;
import com.medspasync.functions.http.kernel.TestResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HealthFunctionsTest {

    private final TestContext context = new TestContext();

    @Test
    void live_withEveryStoreDown_answers() {
        TestResponse answer = TestResponse.of(
                functions(false, false, Optional::empty).live(TestRequest.get("/api/health/live"), context));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("{\"status\":\"live\"}");
    }

    @Test
    void ready_withEveryStore_tellsEachWithItsLatency() {
        TestResponse answer = ready(true, true);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("ready");
        assertThat(answer.json().path("checks").findValuesAsText("name")).containsExactly("database", "redis");
        assertThat(answer.json().path("checks").findValuesAsText("status")).containsExactly("up", "up");
        assertThat(answer.json().path("checks").path(0).path("latencyMs").isIntegralNumber())
                .isTrue();
    }

    @Test
    void ready_withoutRedis_isDegraded() {
        TestResponse answer = ready(true, false);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("degraded");
        assertThat(answer.json().path("checks").findValuesAsText("status")).containsExactly("up", "down");
    }

    @Test
    void ready_withoutTheDatabase_isAProblemWithTheChecks() {
        TestResponse answer = ready(false, true);

        assertThat(answer.code()).isEqualTo(503);
        assertThat(answer.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("Retry-After", "5");
        assertThat(answer.json().path("code").asText()).isEqualTo("unavailable");
        assertThat(answer.json().path("checks").findValuesAsText("status")).containsExactly("down", "up");
        assertThat(answer.text()).doesNotContain("IllegalState", "10.1.2.3");
    }

    @Test
    void version_tellsTheCommitTheBuildAndTheSchema() {
        TestResponse answer = version(() -> Optional.of("12"));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().path("schemaVersion").asText()).isEqualTo("12");
        assertThat(answer.json().path("commit").asText()).matches("[0-9a-f]{40}|unknown");
        assertThat(answer.json().path("buildTime").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*|unknown");
        assertThat(answer.json().path("version").asText()).doesNotContain("$").isNotBlank();
    }

    @Test
    void version_withoutTheDatabase_tellsTheRest() {
        TestResponse answer = version(() -> {
            throw DatabaseExceptions.unavailable("down", Duration.ofSeconds(1), false);
        });

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.json().has("schemaVersion")).isFalse();
        assertThat(answer.json().has("commit")).isTrue();
    }

    private TestResponse ready(boolean database, boolean redis) {
        return TestResponse.of(
                functions(database, redis, Optional::empty).ready(TestRequest.get("/api/health/ready"), context));
    }

    private TestResponse version(Supplier<Optional<String>> schema) {
        return TestResponse.of(functions(true, true, schema).version(TestRequest.get("/api/version"), context));
    }

    private static HealthFunctions functions(boolean database, boolean redis, Supplier<Optional<String>> schema) {
        Readiness readiness = new Readiness(
                List.of(probe("database", true, database), probe("redis", false, redis)), Duration.ofSeconds(20));
        return new HealthFunctions(Kernels.open(), readiness, schema);
    }

    private static ReadinessProbe probe(String name, boolean required, boolean up) {
        return new ReadinessProbe(name, required, () -> {
            if (!up) {
                throw new IllegalStateException("connection to 10.1.2.3 refused");
            }
        });
    }
}
