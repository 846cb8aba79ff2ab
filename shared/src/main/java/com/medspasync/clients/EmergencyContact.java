package com.medspasync.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.contact.PhoneNumber;
import org.jspecify.annotations.Nullable;

/**
 * Whom to call when something happens to a client. {@link EmergencyContactPatch} reads and validates one.
 *
 * @param relationship to the client, in the practice's own words
 */
public record EmergencyContact(String name, @Nullable String relationship, PhoneNumber phone) {

    /** The form it is stored in, encrypted, and shown in a history: without what is null. Names in it never change. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name);
        if (relationship != null) {
            json.put("relationship", relationship);
        }
        json.put("phone", phone.e164());
        return json;
    }

    static EmergencyContact fromJson(JsonNode json) {
        return new EmergencyContact(
                json.required("name").textValue(),
                json.path("relationship").textValue(),
                new PhoneNumber(json.required("phone").textValue()));
    }

    /** Hides the contact. */
    @Override
    public String toString() {
        return "EmergencyContact[hidden]";
    }
}
