package com.medspasync.services;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.idempotency.KeptJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A service as JSON: what is kept, encrypted, for repeats of the request that created it. */
final class ServiceJson {

    private ServiceJson() {}

    static byte[] write(Service service) {
        ObjectNode json = KeptJson.object();
        json.put("id", service.id().toString());
        json.put("name", service.name());
        json.put("category", service.category());
        json.put("description", service.description());
        json.put("duration", service.duration());
        json.put("bufferBefore", service.bufferBefore());
        json.put("bufferAfter", service.bufferAfter());
        json.put("price", service.price().toPlainString());
        json.put("active", service.active());
        json.put("version", service.version());
        json.put("createdAt", service.createdAt().toString());
        json.put("updatedAt", service.updatedAt().toString());
        return KeptJson.write(json);
    }

    static Service read(byte[] bytes) {
        JsonNode json = KeptJson.read(bytes);
        return new Service(
                UUID.fromString(json.required("id").textValue()),
                json.required("name").textValue(),
                json.required("category").textValue(),
                json.path("description").textValue(),
                json.required("duration").intValue(),
                json.required("bufferBefore").intValue(),
                json.required("bufferAfter").intValue(),
                new BigDecimal(json.required("price").textValue()),
                json.required("active").booleanValue(),
                json.required("version").intValue(),
                Instant.parse(json.required("createdAt").textValue()),
                Instant.parse(json.required("updatedAt").textValue()));
    }
}
