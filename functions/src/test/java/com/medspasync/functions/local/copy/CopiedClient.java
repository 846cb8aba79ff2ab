package com.medspasync.functions.local.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.clients.Address;
import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.DateOfBirth;
import com.medspasync.clients.EmergencyContact;
import com.medspasync.clients.Ssn;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import java.time.LocalDate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A line of {@code clients.ndjson} as the platform takes a client. */
final class CopiedClient {

    private CopiedClient() {}

    static ClientDraft draft(JsonNode row) {
        return new ClientDraft(
                new PersonName(row.required("first_name").textValue()),
                new PersonName(row.required("last_name").textValue()),
                new EmailAddress(row.required("email").textValue()),
                of(row, "phone", node -> new PhoneNumber(node.textValue())),
                of(row, "date_of_birth", node -> new DateOfBirth(LocalDate.parse(node.textValue()))),
                of(row, "ssn", node -> ssn(node.textValue())),
                of(row, "address", CopiedClient::address),
                of(row, "emergency_contact", CopiedClient::contact),
                row.path("medical_history").textValue(),
                ClientStatus.valueOf(row.required("status").textValue()),
                row.path("notes").textValue());
    }

    /** The copy's numbers begin with 9, which no number does that was ever given out; the platform takes none of those. */
    private static Ssn ssn(String unissued) {
        return new Ssn("1" + unissued.substring(1));
    }

    private static Address address(JsonNode node) {
        return new Address(
                node.required("line1").textValue(),
                node.path("line2").textValue(),
                node.required("city").textValue(),
                node.path("state").textValue(),
                node.path("postalCode").textValue(),
                node.required("country").textValue());
    }

    private static EmergencyContact contact(JsonNode node) {
        return new EmergencyContact(
                node.required("name").textValue(),
                node.path("relationship").textValue(),
                new PhoneNumber(node.required("phone").textValue()));
    }

    private static <T> @Nullable T of(JsonNode row, String name, Function<JsonNode, T> reader) {
        return row.has(name) ? reader.apply(row.path(name)) : null;
    }
}
