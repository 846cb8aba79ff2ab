package com.medspasync.functions.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AzuriteLockTest {

    private static final Path DIRECTORY = Repository.root().resolve("functions/src/test/azurite");

    @Test
    void lock_pinsEveryPackageByItsHash_andNamesNoPlaceToLoadItFrom() throws IOException {
        JsonNode packages = new ObjectMapper()
                .readTree(DIRECTORY.resolve("package-lock.json").toFile())
                .path("packages");

        assertThat(packages.size()).isGreaterThan(100);
        for (Map.Entry<String, JsonNode> entry : packages.properties()) {
            assertThat(entry.getValue().has("resolved")).as(entry.getKey()).isFalse();
            assertThat(entry.getValue().has("integrity"))
                    .as(entry.getKey())
                    .isEqualTo(!entry.getKey().isEmpty());
        }
    }

    @Test
    void azurite_isPinnedToOneVersion_thatNode20Runs() throws IOException {
        JsonNode declared =
                new ObjectMapper().readTree(DIRECTORY.resolve("package.json").toFile());

        assertThat(declared.at("/dependencies/azurite").asText()).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(declared.at("/engines/node").asText()).isEqualTo(">=20");
    }
}
