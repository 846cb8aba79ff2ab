package com.medspasync.rotation;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.rotation.Rotation.Status;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientRotationTest {

    /** Every ciphertext of a client by the version of its key, wherever it stands. */
    private static final String VERSIONS = """
            select distinct substring(sealed from 3 for 4) as version
            from clients c
            cross join lateral unnest(array[date_of_birth, ssn, address, emergency_contact, medical_history, notes]) as sealed
            where c.id = ? and sealed is not null
            union
            select distinct substring(decode(substring(value from 3), 'hex') from 3 for 4)
            from audit_logs a
            cross join lateral (
              select * from jsonb_each_text(coalesce(old_values, '{}')) union all select * from jsonb_each_text(coalesce(new_values, '{}'))) v
            where a.record_id = ? and value like '\\\\x4d%'""";

    private final Scene scene = new Scene();
    private final Clients clients = scene.platform.clients();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void client_rotated_isEncryptedAnewInRecordAndHistory() {
        UUID id = created(clients.create(scene.admin, Examples.jane())).id();
        updated(clients.update(scene.admin, id, 1, Examples.patch("{\"notes\": \"Evenings.\", \"ssn\": null}")));
        var before = found(clients.findById(scene.admin, id));
        List<String> sealed = scene.rows("select notes from clients where id = ?", id);
        List<String> digests = digests(id);

        Rotation done = scene.run(Kind.CLIENT, id);

        assertThat(done.error()).isNull();
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows(VERSIONS, id, id)).containsExactly("\\x00000002");
        assertThat(scene.rows("select version, accepted from client_keys where client_id = ?", id))
                .containsExactly("2|t");
        assertThat(scene.rows("select notes from clients where id = ?", id)).isNotEqualTo(sealed);
        assertThat(found(clients.findById(scene.admin, id))).isEqualTo(before);
        assertThat(found(scene.anotherProcess().clients().findById(scene.admin, id)))
                .isEqualTo(before);
        // What was sealed of the audit stays as it was; that values were written anew stands beside it.
        assertThat(digests(id)).containsAll(digests);
        assertThat(scene.rows(
                        "select count(*) from audit_logs where record_id = ? and old_values is not null and reencrypted_at is null",
                        id))
                .containsExactly("0");
        assertThat(scene.platform.audited(id)).contains("ROTATE");
    }

    private List<String> digests(UUID id) {
        return scene.rows(
                "select id, digest from audit_logs where record_id = ? and digest is not null order by id", id);
    }

    @Test
    void update_clientKeyReplacedMeanwhile_isWrittenUnderTheNewOne() {
        UUID id = created(clients.create(scene.admin, Examples.jane())).id();
        scene.run(Kind.CLIENT, id);
        // This process still has the old key in mind; the version did not change for those who hold an ETag.
        var changed = updated(clients.update(scene.admin, id, 1, Examples.patch("{\"notes\": \"Evenings.\"}")));
        assertThat(changed.notes()).isEqualTo("Evenings.");
        assertThat(scene.rows(VERSIONS, id, id)).containsExactly("\\x00000002");
    }

    @Test
    void client_shreddedMeanwhile_failsAndBringsNoKeyBack() {
        UUID id = created(clients.create(scene.admin, Examples.jane())).id();
        Rotation started = scene.start(Kind.CLIENT, id);
        scene.platform.execute(
                "update key_rotations set from_version = 1, to_version = 2",
                "delete from client_keys where client_id = '%s'".formatted(id),
                "insert into destroyed_keys (practice_id, client_id, shredding_id) values ('%s', '%s', gen_random_uuid())"
                        .formatted(scene.practice, id));
        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.FAILED);
        assertThat(scene.find(started).error()).contains("destroyed");
        assertThat(scene.rows("select version from client_keys where client_id = ?", id))
                .isEmpty();
    }

    @Test
    void client_whoseKeysAreDeleted_isNotFound() {
        UUID id = created(clients.create(scene.admin, Examples.jane())).id();
        scene.platform.execute("delete from client_keys where client_id = '%s'".formatted(id));
        assertThat(scene.ask(Kind.CLIENT, id)).isEmpty();
    }
}
