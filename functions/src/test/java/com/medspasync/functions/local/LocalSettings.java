package com.medspasync.functions.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.functions.local.host.Cors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of local.settings.json that is about the host, as Core Tools reads it.
 *
 * @param port where it listens
 * @param corsOrigins which pages may call it
 * @param corsCredentials whether with cookies
 */
record LocalSettings(int port, List<String> corsOrigins, boolean corsCredentials) {

    static LocalSettings read(Path file) {
        try {
            JsonNode host = new ObjectMapper().readTree(file.toFile()).path("Host");
            return new LocalSettings(
                    host.path("LocalHttpPort").asInt(7071),
                    origins(host.path("CORS").asText("")),
                    host.path("CORSCredentials").asBoolean(false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> origins(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(origin -> !origin.isEmpty())
                .toList();
    }

    Cors cors() {
        return new Cors(corsOrigins.stream().collect(Collectors.toUnmodifiableSet()), corsCredentials);
    }

    LocalSettings withPort(int other) {
        return new LocalSettings(other, corsOrigins, corsCredentials);
    }

    LocalSettings withOrigins(List<String> origins) {
        return new LocalSettings(port, origins, corsCredentials);
    }
}
