package com.medspasync.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.idempotency.KeptJson;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client as the answer of its creation is kept for repeats, encrypted. Kept answers are read for 24 hours, also by a newer
 * version of this program: a field that they do not have is null.
 */
final class ClientJson {

    private ClientJson() {}

    static byte[] write(Client client) {
        ObjectNode json = KeptJson.object();
        PhoneNumber phone = client.phone();
        json.put("id", client.id().toString());
        json.put("firstName", client.firstName().value());
        json.put("lastName", client.lastName().value());
        json.put("email", client.email().value());
        json.put("phone", phone == null ? null : phone.e164());
        json.put("dateOfBirth", ClientCipher.text(client.dateOfBirth()));
        json.put("ssn", ClientCipher.text(client.ssn()));
        json.put("address", ClientCipher.text(client.address()));
        json.put("emergencyContact", ClientCipher.text(client.emergencyContact()));
        json.put("medicalHistory", client.medicalHistory());
        json.put("status", client.status().name());
        json.put("notes", client.notes());
        json.put("version", client.version());
        json.put("createdAt", client.createdAt().toString());
        json.put("updatedAt", client.updatedAt().toString());
        return KeptJson.write(json);
    }

    static Client read(byte[] bytes) {
        JsonNode json = KeptJson.read(bytes);
        return new Client(
                UUID.fromString(json.required("id").textValue()),
                new PersonName(json.required("firstName").textValue()),
                new PersonName(json.required("lastName").textValue()),
                new EmailAddress(json.required("email").textValue()),
                read(json, "phone", PhoneNumber::new),
                read(json, "dateOfBirth", ClientCipher::dateOfBirth),
                read(json, "ssn", Ssn::new),
                read(json, "address", ClientCipher::address),
                read(json, "emergencyContact", ClientCipher::emergencyContact),
                json.path("medicalHistory").textValue(),
                ClientStatus.valueOf(json.required("status").textValue()),
                json.path("notes").textValue(),
                json.required("version").intValue(),
                Instant.parse(json.required("createdAt").textValue()),
                Instant.parse(json.required("updatedAt").textValue()));
    }

    private static <T> @Nullable T read(JsonNode json, String field, Function<String, T> reader) {
        String text = json.path(field).textValue();
        return text == null ? null : reader.apply(text);
    }
}
