package com.medspasync.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;

/**
 * A message that came to a receiver with a good signature.
 *
 * @param headers by name in lower case
 * @param text the body as it came
 */
public record Received(Instant at, Map<String, String> headers, String text, JsonNode body) {

    public String id() {
        return headers.getOrDefault("webhook-id", "");
    }

    public String kind() {
        return body.path("kind").asText();
    }
}
