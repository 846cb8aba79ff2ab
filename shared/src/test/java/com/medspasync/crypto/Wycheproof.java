package com.medspasync.crypto;

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
            return test.get("result").asText().equals("valid");
        }

        String name() {
            return "vector " + test.get("tcId").asInt() + ", "
                    + test.get("comment").asText();
        }
    }

    /** Every vector of {@code file}; where there is none, says so for all to see and aborts the test. */
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
        for (JsonNode group :
                new ObjectMapper().readTree(Files.readAllBytes(path)).get("testGroups")) {
            group.get("tests").forEach(test -> vectors.add(new Vector(group, test)));
        }
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
