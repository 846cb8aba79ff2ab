package com.medspasync.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.PracticeId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExpiryTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    private final Platform platform = Platform.on(database);
    private final Expiry expiry = new Expiry(database.open(EmbeddedDatabase.MAINTENANCE), UUID::randomUUID);
    private final PracticeId practice = platform.practice("glow");
    private final UUID user = UUID.randomUUID();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void run_deletesWhatIsLongOver_andNothingElse() {
        platform.execute(
                "insert into users (practice_id, id, email, email_search) values ('%s', '%s', 'a@b.example', 'a@b.example')"
                        .formatted(practice, user));
        session("ended_at", "now() - interval '31 days'");
        session("ended_at", "now() - interval '29 days'");
        session("expires_at", "now() - interval '31 days'");
        session("expires_at", "now() + interval '1 hour'");
        UUID emergency = session("ended_at", "now() - interval '31 days'");
        platform.execute(
                """
                insert into emergency_accesses (practice_id, id, user_id, session_id, client_id, reason, created_at, expires_at)
                values ('%s', gen_random_uuid(), '%s', '%s', gen_random_uuid(), 'x', now() - interval '31 days', now() - interval '31 days')""".formatted(practice, user, emergency),
                token("now() - interval '31 days'"),
                token("now() - interval '29 days'"),
                "insert into login_networks values ('old', now() - interval '25 hours'), ('new', now() - interval '1 hour')",
                answer("old", "now() - interval '2 hours'"),
                answer("new", "now() + interval '1 hour'"));

        assertThat(expiry.run()).isEqualTo(5);

        assertThat(platform.rows("select count(*) from sessions")).containsExactly("3");
        assertThat(platform.rows("select count(*) from one_time_tokens")).containsExactly("1");
        assertThat(platform.rows("select network from login_networks")).containsExactly("new");
        assertThat(platform.rows("select key from idempotency_keys")).containsExactly("new");
        assertThat(expiry.run()).isZero();
    }

    @Test
    void run_overMoreThanABatch_takesAll() {
        platform.execute(
                "insert into login_networks select 'n' || i, now() - interval '2 days' from generate_series(1, %d) i"
                        .formatted(Expiry.BATCH + 1));

        assertThat(expiry.run()).isEqualTo(Expiry.BATCH + 1);
    }

    private UUID session(String column, String value) {
        UUID id = UUID.randomUUID();
        platform.execute(
                """
                insert into sessions (practice_id, id, user_id, second_factor, idle, expires_at, family_hash, refresh_hash)
                values ('%s', '%s', '%s', false, '15 minutes', now() + interval '1 hour', sha256('a'), sha256('b'))""".formatted(practice, id, user),
                "update sessions set %1$s = %2$s%3$s where id = '%4$s'"
                        .formatted(column, value, column.equals("ended_at") ? ", end_reason = 'LOGOUT'" : "", id));
        return id;
    }

    private String token(String expires) {
        return """
                insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
                values ('%s', gen_random_uuid(), '%s', 'INVITATION', sha256('%s'), %s)""".formatted(practice, user, UUID.randomUUID(), expires);
    }

    private String answer(String key, String expires) {
        return """
                insert into idempotency_keys (practice_id, user_id, key, request_id, response, expires_at)
                values ('%s', '%s', '%s', gen_random_uuid(), '', %s)""".formatted(practice, user, key, expires);
    }
}
