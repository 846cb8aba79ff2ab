package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.functions.local.stack.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostJsonTest {

    @Test
    void defaults_areTheHosts() {
        assertThat(HostJson.defaults())
                .isEqualTo(new HostJson(
                        "api",
                        Duration.ofMinutes(30),
                        Duration.ofMinutes(1),
                        new HostJson.Http(Integer.MAX_VALUE, Integer.MAX_VALUE),
                        new HostJson.Queues(16, 8, Duration.ZERO, 5, Duration.ofMinutes(1), true)));
    }

    @Test
    void everySetting_isRead(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("host.json"), """
                {"functionTimeout": "01:02:03", "singleton": {"listenerLockPeriod": "00:00:15"}, "extensions": {
                  "http": {"routePrefix": "v1", "maxConcurrentRequests": 3, "maxOutstandingRequests": -1},
                  "queues": {"batchSize": 4, "newBatchThreshold": 1, "visibilityTimeout": "00:00:07", "maxDequeueCount": 2,
                    "maxPollingInterval": "00:00:01.5", "messageEncoding": "none"}}}
                """);

        assertThat(HostJson.read(file))
                .isEqualTo(new HostJson(
                        "v1",
                        Duration.ofSeconds(3723),
                        Duration.ofSeconds(15),
                        new HostJson.Http(3, Integer.MAX_VALUE),
                        new HostJson.Queues(4, 1, Duration.ofSeconds(7), 2, Duration.ofMillis(1500), false)));
    }

    @Test
    void theApps_retriesQueuesFiveTimes_andEndsWithinFortyFiveMinutes() {
        HostJson app = HostJson.read(Repository.root().resolve("host.json"));

        assertThat(app.routePrefix()).isEqualTo("api");
        assertThat(app.functionTimeout()).isEqualTo(Duration.ofMinutes(45));
        assertThat(app.queues().maxDequeueCount()).isEqualTo(5);
        assertThat(app.queues().base64()).isTrue();
        assertThat(app.queues().visibilityTimeout()).isPositive();
        assertThat(app.http().maxOutstandingRequests()).isGreaterThan(app.http().maxConcurrentRequests());
    }

    @Test
    void theApps_samplingNeverDropsExceptions() throws IOException {
        JsonNode host = new ObjectMapper()
                .readTree(Repository.root().resolve("host.json").toFile());

        JsonNode sampling = host.at("/logging/applicationInsights/samplingSettings");
        assertThat(sampling.path("isEnabled").asBoolean()).isTrue();
        assertThat(sampling.path("excludedTypes").asText().split(";", -1)).contains("Exception", "Trace");
        assertThat(host.at("/extensionBundle/version").asText()).isEqualTo("[4.0.0, 5.0.0)");
    }

    @ParameterizedTest
    @CsvSource({"00:45:00,PT45M", "1.02:03:04,PT26H3M4S", "00:00:00.25,PT0.25S", "00:00:00.0000001,PT0.0000001S"})
    void timeSpan_isReadAsDotNetWritesIt(String text, Duration expected) {
        assertThat(TimeSpans.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"45", "24:00:00", "00:60:00", "PT45M", "-1"})
    void timeSpan_ofAnotherForm_isRefused(String text) {
        assertThatThrownBy(() -> TimeSpans.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
