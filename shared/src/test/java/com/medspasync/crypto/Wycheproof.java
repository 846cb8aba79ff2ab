package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/**
 * The test vectors of C2SP's project Wycheproof. They are not in this repository: they are looked for in {@code shared/data/wycheproof}
 * beside the repository's root, or where {@code -Dwycheproof=<folder>} says. Where the property is set, they must be there.
 */
final class Wycheproof {

    private Wycheproof() {}

    /** One vector, and the group it stands in. */
    record Vector(JsonNode group, JsonNode test) {

        byte[] bytes(String field) {
            return HexFormat.of().parseHex(test.get(field).asText());
        }

        boolean isValid() {
            return switch (test.get("result").asText()) {
                case "valid" -> true;
                case "invalid" -> false;
                default -> throw new IllegalStateException(name() + " is neither valid nor invalid");
            };
        }

        int size(String ofTheGroup) {
            return group.get(ofTheGroup).asInt();
        }

        String name() {
            return "vector " + test.get("tcId").asInt() + ", "
                    + test.get("comment").asText();
        }
    }

    /** Every vector of {@code file}, as many as it says it has; where there is no such file, says so for all to see and aborts the test. */
    static List<Vector> read(String file) throws IOException {
        String given = System.getProperty("wycheproof");
        Path path = (given == null ? besideTheRepository() : Path.of(given)).resolve(file);
        if (given == null && !Files.exists(path)) {
            String message = "NOT CHECKED against Wycheproof's " + file + ": there is no " + path
                    + ". Fetch github.com/C2SP/wycheproof, folder testvectors_v1, and give it as -Dwycheproof=<folder>.";
            System.err.println("\n" + "!".repeat(100) + "\n" + message + "\n" + "!".repeat(100) + "\n");
            Assumptions.abort(message);
        }
        List<Vector> vectors = new ArrayList<>();
        JsonNode content = new ObjectMapper().readTree(Files.readAllBytes(path));
        for (JsonNode group : content.get("testGroups")) {
            group.get("tests").forEach(test -> vectors.add(new Vector(group, test)));
        }
        assertThat(vectors)
                .as("vectors in %s", path)
                .hasSize(content.get("numberOfTests").asInt());
        return vectors;
    }

    private static Path besideTheRepository() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = Objects.requireNonNull(root.getParent(), "the tests run inside the repository");
        }
        return root.resolveSibling("shared").resolve("data").resolve("wycheproof");
    }
}
