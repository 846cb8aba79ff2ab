package com.medspasync.message;

import com.medspasync.contact.EmailAddress;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Messages to send in tests. */
final class Messages {

    private Messages() {}

    static Message reset() {
        return new Message(
                UUID.randomUUID(),
                "PASSWORD_RESET",
                new PracticeId(UUID.randomUUID()),
                Instant.parse("2026-11-23T09:00:00.123456Z"),
                new Recipient(new UUID(1, 2), new EmailAddress("ada@example.com")),
                Map.of("token", "t0ken", "expiresAt", Instant.parse("2026-11-23T10:00:00Z")));
    }
}
