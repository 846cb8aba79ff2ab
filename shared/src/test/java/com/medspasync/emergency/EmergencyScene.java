package com.medspasync.emergency;

import com.medspasync.clients.ClientView;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.notice.Notices;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.HeldKeys;
import com.medspasync.token.SigningKey;
import com.medspasync.token.TokenSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A practice with users who are logged in, and a client whom something may happen to. */
final class EmergencyScene {

    final Platform platform;
    final PracticeId practice;
    final AccessTokens tokens = new AccessTokens(
            new HeldKeys(SigningKey.generate(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))),
            TokenSettings.of("https://medspasync.example", "medspasync-api"),
            Clock.systemUTC());
    final EmergencyAccesses accesses;

    EmergencyScene(Platform platform, PracticeDatabase database) {
        this.platform = platform;
        this.practice = platform.practice("glow");
        this.accesses = new EmergencyAccesses(
                database, tokens, new Notices((id, delay) -> {}, UUID::randomUUID), UUID::randomUUID);
    }

    /** Somebody with a session. */
    Caller user(Role role) {
        UUID user = UUID.randomUUID();
        UUID session = UUID.randomUUID();
        platform.execute(
                "insert into users (practice_id, id, email, email_search, role) values ('%1$s', '%2$s', '%2$s@glow.example', '%2$s@glow.example', '%3$s')"
                        .formatted(practice, user, role),
                """
                insert into sessions (practice_id, id, user_id, second_factor, idle, expires_at, family_hash, refresh_hash)
                values ('%s', '%s', '%s', false, '15 minutes', now() + interval '1 hour', sha256('a'), sha256('b'))""".formatted(practice, session, user));
        return new Caller(practice, user, role, session, new Origin("203.0.113.9", "test", UUID.randomUUID()));
    }

    /** A client with every field. */
    UUID client() {
        return switch (platform.clients().create(Examples.admin(practice), Examples.jane())) {
            case Creation.Created<ClientView>(ClientView client) -> client.id();
            case Creation<ClientView> other -> throw new AssertionError(other);
        };
    }

    static EmergencyRequest request(UUID client) {
        return new EmergencyRequest(client, "Collapsed in the treatment room", Duration.ofMinutes(15));
    }
}
