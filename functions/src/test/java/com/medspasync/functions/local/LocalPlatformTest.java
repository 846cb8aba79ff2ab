package com.medspasync.functions.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.functions.local.stack.Repository;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the platform refuses before it starts anything. */
class LocalPlatformTest {

    @TempDir
    private Path empty = Path.of("");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private LocalPlatform platform(Map<String, String> environment) {
        DemoData none = (settings, token) -> {
            throw new AssertionError("nothing is loaded by a platform that does not start");
        };
        return new LocalPlatform(environment, none, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"WEBSITE_SITE_NAME", "WEBSITE_INSTANCE_ID", "CONTAINER_APP_NAME"})
    void onAzure_nothingStarts(String variable) {
        try (LocalPlatform platform = platform(Map.of(variable, "x"))) {
            assertThatThrownBy(() -> platform.start(empty, true)).hasMessageContaining("This is Azure");
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"seven", "70000", "-1"})
    void port_thatIsNone_isRefusedBeforeAnyStoreStarts(String port) {
        try (LocalPlatform platform = platform(Map.of("PORT", port))) {
            assertThatThrownBy(() -> platform.start(Repository.root(), false)).hasMessage("PORT is not a port number");
        }
    }

    @Test
    void freshStart_onStoresThatWereGiven_isRefused() {
        Map<String, String> given = Map.of(
                "DATABASE_URL",
                "jdbc:postgresql://127.0.0.1:1/x",
                "REDIS_URL",
                "redis://127.0.0.1:1",
                "AzureWebJobsStorage",
                "x");
        try (LocalPlatform platform = platform(given)) {
            assertThatThrownBy(() -> platform.start(Repository.root(), true))
                    .hasMessageContaining("A fresh start is for embedded stores");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("PostgreSQL is given", "Redis is given", "Azurite is given");
    }

    @Test
    void localSettings_giveTheHostItsPortAndOrigins() {
        LocalSettings settings = LocalSettings.read(Repository.root().resolve("local.settings.json"));

        assertThat(settings.port()).isEqualTo(7071);
        assertThat(settings.corsOrigins()).containsExactly("http://localhost:3000", "http://localhost:5173");
        assertThat(settings.corsCredentials()).isTrue();
    }
}
