package com.medspasync.availability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON that a statement has composed. */
final class Composed {

    private static final JsonMapper MAPPER = new JsonMapper();

    private Composed() {}

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            // Its message would quote what it read.
            throw new IllegalStateException("the database composed no JSON");
        }
    }
}
