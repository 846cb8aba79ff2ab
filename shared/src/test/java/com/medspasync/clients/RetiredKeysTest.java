package com.medspasync.clients;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.crypto.Rotation;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Creation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A process that still holds a key which was retired meanwhile. */
class RetiredKeysTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final PracticeId glow = PLATFORM.practice("glow");
    private final Caller admin = Examples.admin(glow);
    private final Clients clients = PLATFORM.clients();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void create_practiceKeyRotatedMeanwhile_isUnderTheNewOne() {
        ClientView before = created(clients.create(admin, Examples.jane()));
        rotatePracticeKey();
        ClientView plain = created(clients.create(admin, Examples.jane()));
        ClientView once = created(clients.create(admin, Examples.jane(), IdempotencyKey.of("k", "POST", "body")));
        assertThat(PLATFORM.rows(
                        "select practice_key_version from client_keys where practice_id = ? order by created_at",
                        glow.value()))
                .containsExactly("1", "2", "2");
        // The answer kept for repeats is under the new key too: bytes 2 to 5 are the version.
        assertThat(PLATFORM.rows(
                        "select substring(response from 3 for 4) from idempotency_keys where practice_id = ?",
                        glow.value()))
                .containsExactly("\\x00000002");
        for (ClientView client : new ClientView[] {before, plain, once}) {
            assertThat(found(clients.findById(admin, client.id()))).isEqualTo(client);
            assertThat(found(PLATFORM.another(DATABASE.settings(EmbeddedDatabase.APP))
                            .clients()
                            .findById(admin, client.id())))
                    .isEqualTo(client);
        }
    }

    @Test
    void create_repeatAfterTheKeyWasRotated_isReplayed() {
        IdempotencyKey key = IdempotencyKey.of("k", "POST", "body");
        ClientDraft jane = Examples.jane();
        ClientView first = created(clients.create(admin, jane, key));
        rotatePracticeKey();
        assertThat(clients.create(admin, jane, key)).isEqualTo(new Creation.Replayed<>(first));
    }

    @Test
    void create_practiceWithoutAKeyThatIsAccepted_storesNothing() {
        created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update practice_keys set accepted = false where practice_id = '%s'".formatted(glow));
        assertThatThrownBy(() -> clients.create(admin, Examples.jane(), IdempotencyKey.of("k", "POST", "body")))
                .isInstanceOf(UnknownKeyVersion.class);
        assertThat(clients.count(admin, ClientFilter.all())).isEqualTo(1);
        assertThat(PLATFORM.rows("select key from idempotency_keys where practice_id = ?", glow.value()))
                .isEmpty();
    }

    @Test
    void update_clientKeyRetiredMeanwhile_isUnderTheNewOne() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        Rotation rotation = rotatePracticeKey();
        PLATFORM.execute(
                "update client_keys set accepted = false where client_id = '%s'".formatted(jane.id()),
                "insert into client_keys (practice_id, client_id, version, practice_key_version, wrapped) values ('%s', '%s', 2, 2, '\\x%s')"
                        .formatted(glow, jane.id(), hex(rotation.clientKey(jane.id(), 2))));
        ClientView changed = updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"Evenings.\"}")));
        assertThat(changed.notes()).isEqualTo("Evenings.");
        assertThat(changed.ssn()).isEqualTo(jane.ssn());
        assertThat(PLATFORM.rows("""
                select substring(notes from 3 for 4), substring(ssn from 3 for 4) from clients where id = ?""", jane.id())).containsExactly("\\x00000002|\\x00000001");
        assertThat(PLATFORM.audited(jane.id())).containsExactly("CREATE", "UPDATE");
    }

    @Test
    void update_clientWithoutAKeyThatIsAccepted_changesNothingThatIsEncrypted() {
        ClientView jane = created(clients.create(admin, Examples.jane()));
        PLATFORM.execute("update client_keys set accepted = false where client_id = '%s'".formatted(jane.id()));
        assertThatThrownBy(() -> clients.update(admin, jane.id(), 1, Examples.patch("{\"notes\": \"x\"}")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(found(clients.findById(admin, jane.id()))).isEqualTo(jane);
        updated(clients.update(admin, jane.id(), 1, Examples.patch("{\"status\": \"ACTIVE\"}")));
    }

    private Rotation rotatePracticeKey() {
        PLATFORM.execute("update practice_keys set accepted = false where practice_id = '%s'".formatted(glow));
        return PLATFORM.addPracticeKey(glow, 2);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
