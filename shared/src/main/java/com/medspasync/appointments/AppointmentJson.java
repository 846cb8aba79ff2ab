package com.medspasync.appointments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.idempotency.KeptJson;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A booking as its answer is kept for repeats, encrypted: what was known before the statement ran. What the statement decided, the terms of the service,
 * is kept beside it. Kept answers are read for 24 hours, also by a newer version of this program.
 */
record AppointmentJson(
        UUID id,
        UUID client,
        UUID service,
        UUID staff,
        Instant dateTime,
        @Nullable String notes,
        Instant createdAt) {

    static AppointmentJson of(UUID id, AppointmentDraft draft, Instant now) {
        return new AppointmentJson(
                id, draft.client(), draft.service(), draft.staff(), draft.dateTime(), draft.notes(), now);
    }

    byte[] write() {
        ObjectNode json = KeptJson.object();
        json.put("id", id.toString());
        json.put("client", client.toString());
        json.put("service", service.toString());
        json.put("staff", staff.toString());
        json.put("dateTime", dateTime.toString());
        json.put("notes", notes);
        json.put("createdAt", createdAt.toString());
        return KeptJson.write(json);
    }

    static AppointmentJson read(byte[] bytes) {
        JsonNode json = KeptJson.read(bytes);
        return new AppointmentJson(
                uuid(json, "id"),
                uuid(json, "client"),
                uuid(json, "service"),
                uuid(json, "staff"),
                Instant.parse(json.required("dateTime").textValue()),
                json.path("notes").textValue(),
                Instant.parse(json.required("createdAt").textValue()));
    }

    /** The appointment as it was booked on the terms that {@code decided} says. */
    Appointment appointment(String decided) {
        JsonNode terms = KeptJson.read(decided.getBytes(StandardCharsets.UTF_8));
        BigDecimal price = terms.required("price").decimalValue();
        return new Appointment(
                id,
                client,
                service,
                staff,
                dateTime,
                terms.required("duration").intValue(),
                terms.required("bufferBefore").intValue(),
                terms.required("bufferAfter").intValue(),
                AppointmentStatus.SCHEDULED,
                null,
                false,
                price.setScale(2, RoundingMode.UNNECESSARY),
                PaymentStatus.PENDING,
                false,
                1,
                createdAt,
                createdAt);
    }

    private static UUID uuid(JsonNode json, String field) {
        return UUID.fromString(json.required(field).textValue());
    }

    /** Hides what it is about. */
    @Override
    public String toString() {
        return "AppointmentJson[" + id + "]";
    }
}
