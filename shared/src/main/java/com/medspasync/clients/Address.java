package com.medspasync.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Where a client lives. {@link AddressPatch} reads and validates one.
 *
 * @param state of the United States in two capital letters; elsewhere the state, province or region, if addresses there have one
 * @param postalCode a ZIP code in the United States; null where there is none
 * @param country ISO 3166-1 alpha-2
 */
public record Address(
        String line1,
        @Nullable String line2,
        String city,
        @Nullable String state,
        @Nullable String postalCode,
        String country) {

    /** The form it is stored in, encrypted, and shown in a history: without what is null. Names in it never change. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("line1", line1);
        putIfGiven(json, "line2", line2);
        json.put("city", city);
        putIfGiven(json, "state", state);
        putIfGiven(json, "postalCode", postalCode);
        json.put("country", country);
        return json;
    }

    private static void putIfGiven(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    static Address fromJson(JsonNode json) {
        return new Address(
                json.required("line1").textValue(),
                json.path("line2").textValue(),
                json.required("city").textValue(),
                json.path("state").textValue(),
                json.path("postalCode").textValue(),
                json.required("country").textValue());
    }

    /** Hides the address. */
    @Override
    public String toString() {
        return "Address[hidden]";
    }
}
