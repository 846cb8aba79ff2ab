package com.medspasync.shredding;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static com.medspasync.clients.Outcomes.history;
import static com.medspasync.clients.Outcomes.page;
import static com.medspasync.clients.Outcomes.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientSearch;
import com.medspasync.clients.ClientView;
import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Ssn;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.rotation.Rotation;
import com.medspasync.rotation.RotationRequest;
import com.medspasync.rotation.Rotations;
import com.medspasync.shredding.Shredding.Kind;
import com.medspasync.shredding.Shredding.Status;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientShreddingTest {

    private static final Ssn NUMBER = new Ssn("219099999");

    private final ShreddingScene scene = new ShreddingScene();
    private final Clients here = scene.platform.clients();
    private final Clients there = scene.other.clients();

    @AfterEach
    void close() {
        scene.close();
    }

    /** A client with every field, which both processes have read and changed: whatever they keep, they keep of this one. */
    private UUID wellKnown() {
        ClientDraft draft = Examples.withSsn(Examples.jane(), NUMBER);
        UUID id = created(here.create(scene.admin, draft, IdempotencyKey.of("once", "POST /clients", "{}")))
                .id();
        updated(here.update(scene.admin, id, 1, Examples.patch("{\"notes\": \"Evenings.\"}")));
        updated(there.update(scene.admin, id, 2, Examples.patch("{\"notes\": \"Mornings.\"}")));
        return id;
    }

    @Test
    void client_shredded_isUnreadableAtOnceForEveryProcess() {
        UUID id = wellKnown();
        UUID spared = created(here.create(scene.admin, Examples.jane())).id();
        ClientView before = found(there.findById(scene.admin, spared));

        Shredding done = scene.shred(id);

        assertThat(done.error()).isNull();
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.clientKeys()).isEqualTo(1);
        assertThat(done.practiceKeys()).isZero();
        assertThat(scene.rows("select client_id from client_keys")).containsExactly(spared.toString());
        for (Clients clients : List.of(here, there)) {
            assertShredded(clients, id);
            assertThat(page(clients.search(scene.admin, ClientSearch.bySsn(NUMBER)))
                            .items())
                    .isEmpty();
            assertThat(found(clients.findById(scene.admin, spared))).isEqualTo(before);
        }
        assertThat(scene.rows("select count(*) from idempotency_keys")).containsExactly("0");
        assertThat(scene.platform.audited(id)).contains("ERASE");
        // The number is free again.
        created(here.create(scene.admin, Examples.withSsn(Examples.jane(), NUMBER)));
    }

    private void assertShredded(Clients clients, UUID id) {
        assertThat(clients.findById(scene.admin, id)).isInstanceOf(Lookup.Shredded.class);
        assertThat(clients.restore(scene.admin, id)).isInstanceOf(Restoration.Shredded.class);
        for (String change : List.of("{\"notes\": \"Back.\"}", "{\"status\": \"ACTIVE\"}", "{\"lastName\": \"Roe\"}")) {
            for (int version = 1; version <= 4; version++) {
                assertThat(clients.update(scene.admin, id, version, Examples.patch(change)))
                        .isInstanceOf(Update.Shredded.class);
            }
        }
        assertThat(history(clients.history(scene.admin, id, 50, null)).items())
                .isNotEmpty()
                .flatExtracting(entry -> entry.changes())
                .filteredOn(change -> List.of("notes", "ssn", "dateOfBirth").contains(change.field()))
                .isNotEmpty()
                .allSatisfy(change -> {
                    assertThat(change.before()).isNull();
                    assertThat(change.after()).isNull();
                });
    }

    @Test
    void client_restoredFromAnOlderBackup_staysUnreadable() {
        UUID id = wellKnown();
        scene.platform.execute("create table backup as select * from clients");
        scene.shred(id);

        scene.platform.execute("delete from clients; insert into clients select * from backup");

        assertThat(scene.rows("select deleted_at is null, ssn_index_odd is not null, notes is not null from clients"))
                .containsExactly("t|t|t");
        for (Clients clients : List.of(here, there, scene.platform.clientsWithNewKeys())) {
            assertShredded(clients, id);
            assertThat(page(clients.search(scene.admin, ClientSearch.bySsn(NUMBER)))
                            .items())
                    .isEmpty();
        }
        // Nor with every key that there is, by hand.
        byte[] notes = HexFormat.of()
                .parseHex(scene.rows("select notes from backup").getFirst().substring(2));
        DataKeys none = scene.platform.keys().openClientKeys(scene.practice, id, new byte[0]);
        FieldContext place = new FieldContext(scene.practice, "clients", "notes", id);
        assertThatThrownBy(() -> scene.platform.cipher().decrypt(none, place, notes))
                .isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void client_whoseRemnantsAreNotClearedYet_isUnreadableAndNotInTheWay() {
        UUID id = wellKnown();
        Shredding asked = scene.ask(Kind.CLIENT, id);
        Remnant broken = (shred, most) -> {
            throw new IllegalStateException("the worker dies");
        };
        assertThatThrownBy(() -> scene.runner(List.of(broken)).run(asked.id())).hasMessage("the worker dies");
        assertThat(scene.find(asked).status()).isEqualTo(Status.PROCESSING);
        assertThat(scene.rows("select ssn_index_odd is not null from clients")).containsExactly("t");

        assertShredded(here, id);
        assertThat(page(there.search(scene.admin, ClientSearch.bySsn(NUMBER))).items())
                .isEmpty();

        // Another worker goes on, and counts nothing twice.
        scene.queue.work(scene.runner);
        Shredding done = scene.find(asked);
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(done.clientKeys()).isEqualTo(1);
        assertThat(scene.rows("select ssn_index_odd, dob_name_index_odd, deleted_at is not null from clients"))
                .containsExactly("null|null|t");
        assertThat(scene.platform.audited(id)).containsOnlyOnce("ERASE");
    }

    @Test
    void client_shreddedDuringARotation_stopsIt() {
        UUID id = wellKnown();
        Rotations rotations = new Rotations(scene.platform.database(), (job, delay) -> {}, UUID::randomUUID);
        RotationRequest request =
                new RotationRequest(Rotation.Kind.CLIENT, scene.practice.value(), id, "under suspicion");
        Rotation rotation = rotations.start(ShreddingScene.OPERATOR, request).orElseThrow();
        scene.shred(id);
        assertThat(rotations.find(ShreddingScene.OPERATOR, rotation.id()))
                .get()
                .returns(Rotation.Status.FAILED, Rotation::status)
                .returns("The key is being destroyed.", Rotation::error);
    }

    @Test
    void client_withoutKeysThatNobodyDestroyed_isAFaultAndNotShredded() {
        UUID id = wellKnown();
        scene.platform.execute("delete from client_keys");
        assertThatThrownBy(() -> here.findById(scene.admin, id)).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void start_repeated_isTheSameAndOfUnknownKeysNothing() {
        UUID id = wellKnown();
        Shredding first = scene.ask(Kind.CLIENT, id);
        assertThat(scene.ask(Kind.CLIENT, id)).isEqualTo(first);
        scene.queue.work(scene.runner);
        Stream.of(
                        new ShreddingRequest(Kind.CLIENT, scene.practice.value(), id, "again"),
                        new ShreddingRequest(Kind.CLIENT, scene.practice.value(), UUID.randomUUID(), "unknown"),
                        new ShreddingRequest(Kind.CLIENT, UUID.randomUUID(), id, "of another practice"),
                        new ShreddingRequest(
                                Kind.PRACTICE,
                                ShreddingScene.OPERATOR.practice().value(),
                                null,
                                "own"))
                .forEach(request -> assertThat(scene.shreddings.start(ShreddingScene.OPERATOR, request))
                        .as(request.reason())
                        .isEmpty());
        assertThat(scene.rows("select count(*) from key_shreddings")).containsExactly("1");
    }

    @Test
    void steps_areAudited() {
        Shredding done = scene.shred(wellKnown());
        assertThat(scene.rows(
                        "select action, coalesce(user_id::text, 'platform'), new_values ->> 'status', new_values ->> 'client_keys' from audit_logs where record_id = ? order by timestamp, xid",
                        done.id()))
                .containsExactly(
                        "CREATE|" + ShreddingScene.OPERATOR.user() + "|PENDING|0",
                        "UPDATE|platform|PROCESSING|null",
                        "UPDATE|platform|null|1",
                        "UPDATE|platform|COMPLETED|null");
        assertThat(scene.rows(
                        "select details ->> 'clientKeys', details ->> 'shredding' from audit_logs where action = 'ERASE' and practice_id = ?",
                        scene.practice.value()))
                .containsExactly("1|" + done.id());
    }

    @Test
    void remnants_ofManyClients_areClearedOfOneOnly() {
        UUID id = wellKnown();
        UUID spared = created(
                        here.create(scene.admin, Examples.jane(), IdempotencyKey.of("two", "POST /clients", "{}")))
                .id();
        scene.shred(id);
        assertThat(scene.rows("select id from clients where deleted_at is null and ssn_index_odd is not null"))
                .containsExactly(spared.toString());
        assertThat(scene.rows("select record_id from idempotency_keys")).containsExactly(spared.toString());
    }
}
