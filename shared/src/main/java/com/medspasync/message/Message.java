package com.medspasync.message;

import com.medspasync.input.Json;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is sent, once composed.
 *
 * @param id the same each time that it is sent, so that the receiver can tell a repeat
 * @param kind tells the receiver what {@code content} holds
 * @param createdAt when there came to be something to tell
 * @param recipient null when whoever receives it decides whom to tell
 * @param content what it says: by field, values as {@link Json#write} writes them
 */
public record Message(
        UUID id,
        String kind,
        PracticeId practice,
        Instant createdAt,
        @Nullable Recipient recipient,
        Map<String, Object> content) {

    private static final Set<String> OWN = Set.of("id", "kind", "practiceId", "createdAt", "recipient");

    /** @throws IllegalArgumentException when a field of {@code content} has the name of one that every message has */
    public Message {
        content = Map.copyOf(content);
        if (!Collections.disjoint(OWN, content.keySet())) {
            throw new IllegalArgumentException("content has a field that every message has already, of " + OWN);
        }
    }

    /** The message as it is sent: one JSON object. */
    String json() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", id);
        body.put("kind", kind);
        body.put("practiceId", practice.value());
        body.put("createdAt", createdAt);
        if (recipient != null) {
            body.put(
                    "recipient",
                    Map.of(
                            "userId",
                            recipient.userId(),
                            "email",
                            recipient.email().value()));
        }
        body.putAll(content);
        return Json.write(body);
    }

    /** Names the message and hides what it says and to whom. */
    @Override
    public String toString() {
        return "Message[" + kind + " " + id + "]";
    }
}
