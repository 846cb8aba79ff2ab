package com.medspasync.clients;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one field.
 *
 * @param field by its name in the API, such as {@code dateOfBirth}
 * @param before null when there was nothing, or when it is withheld
 * @param after null when there is nothing, or when it is withheld
 * @param withheld whether it changed but is not shown: the caller may not see it, or the client's key is deleted
 */
public record FieldChange(
        String field, @Nullable JsonNode before, @Nullable JsonNode after, boolean withheld) {

    /** Names the field and hides its values. */
    @Override
    public String toString() {
        return "FieldChange[" + field + "]";
    }
}
