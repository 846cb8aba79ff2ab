package com.medspasync.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.masking.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one field.
 *
 * @param field by its name in the API, such as {@code dateOfBirth}
 * @param before null when there was nothing, or when it is withheld
 * @param after null when there is nothing, or when it is withheld
 * @param visibility how much of the values is shown; withheld where the caller may not see them, or the client's key is deleted
 */
public record FieldChange(
        String field, @Nullable JsonNode before, @Nullable JsonNode after, Visibility visibility) {

    /** One whose values are not shown. */
    public static FieldChange withheld(String field) {
        return new FieldChange(field, null, null, Visibility.WITHHELD);
    }

    /** Whether it changed but the values are not shown. */
    public boolean withheld() {
        return visibility == Visibility.WITHHELD;
    }

    /** Whether the values are masked. */
    public boolean masked() {
        return visibility == Visibility.MASKED;
    }

    /** Names the field and hides its values. */
    @Override
    public String toString() {
        return "FieldChange[" + field + "]";
    }
}
