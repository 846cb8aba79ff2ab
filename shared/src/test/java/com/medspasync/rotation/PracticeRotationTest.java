package com.medspasync.rotation;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.found;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientSearch;
import com.medspasync.clients.ClientSummaryView;
import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.clients.Ssn;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.Purpose;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.message.ChannelDraft;
import com.medspasync.message.MessageChannels;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookUrl;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.rotation.Rotation.Status;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PracticeRotationTest {

    private static final String NOT_UNDER_2 = """
            select count(*) from client_keys where practice_key_version <> 2
            union all
            select count(*) from practices where substring(tax_id from 3 for 4) <> int4send(2) or substring(license_number from 3 for 4) <> int4send(2)""";

    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void practice_rotatedWhileTwoProcessesWrite_leavesNothingUnderTheOldKeyAndFailsNoRequest() throws Exception {
        AtomicBoolean rotated = new AtomicBoolean();
        Rotation done;
        List<UUID> written = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<List<UUID>>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Platform process = i % 2 == 0 ? scene.platform : scene.anotherProcess();
                writers.add(threads.submit(writer(process.clients(), rotated)));
            }
            Rotation started = scene.start(Kind.PRACTICE, null);
            try {
                scene.worker.work();
            } finally {
                rotated.set(true);
            }
            done = scene.find(started);
            for (Future<List<UUID>> writer : writers) {
                written.addAll(writer.get());
            }
        }
        assertThat(done.status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows(NOT_UNDER_2)).containsExactly("0", "0");
        assertThat(scene.rows(
                        "select version, accepted, indexed from practice_keys where practice_id = ? order by version",
                        scene.practice.value()))
                .containsExactly("1|f|f", "2|t|t");
        Clients fresh = scene.anotherProcess().clients();
        for (UUID client : written) {
            assertThat(found(fresh.findById(scene.admin, client)).notes()).isEqualTo("Changed.");
        }
    }

    /** Creates a client and changes it, again and again, until the key is rotated and some more. */
    private Callable<List<UUID>> writer(Clients clients, AtomicBoolean rotated) {
        return () -> {
            List<UUID> written = new ArrayList<>();
            for (int more = 3; more > 0; more -= rotated.get() ? 1 : 0) {
                UUID client = created(clients.create(scene.admin, Examples.withNotes("New.")))
                        .id();
                var change = clients.update(scene.admin, client, 1, Examples.patch("{\"notes\": \"Changed.\"}"));
                assertThat(change).isInstanceOf(Update.Updated.class);
                written.add(client);
            }
            return written;
        };
    }

    @Test
    void practice_rotated_movesBlindIndexesAndFindsByThemThroughout() {
        var jane = created(scene.platform.clients().create(scene.admin, withSsn("123456789")));
        UUID deleted = created(scene.platform.clients().create(scene.admin, withSsn("219099999")))
                .id();
        scene.platform.clients().delete(scene.admin, deleted, 1);
        Clients late = scene.anotherProcess().clients();
        assertThat(bySsn(late, "123456789")).containsExactly(jane.id());

        // The first stage alone: indexes stand under both versions, and processes that know one or both of them find
        // the client.
        Worker stepwise = new Worker(
                scene.platform, scene.maintenance, new Pace(7, 1_000_000, Duration.ofNanos(1), Duration.ofMillis(300)));
        Rotation started = scene.start(Kind.PRACTICE, null);
        while (!slots().equals(List.of("t|t", "t|t"))) {
            stepwise.job().run(started.id());
        }
        assertThat(bySsn(late, "123456789")).containsExactly(jane.id());
        assertThat(bySsn(scene.anotherProcess().clients(), "123456789")).containsExactly(jane.id());
        assertThat(scene.anotherProcess().clients().create(scene.admin, withSsn("123456789")))
                .isInstanceOf(Creation.Taken.class);

        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(slots()).containsExactly("f|t", "f|t");
        assertThat(bySsn(late, "123456789")).containsExactly(jane.id());
        assertThat(late.create(scene.admin, withSsn("123456789"))).isInstanceOf(Creation.Taken.class);
        created(late.create(scene.admin, withSsn("219099999")));
        assertThat(scene.platform.clients().restore(scene.admin, deleted)).isInstanceOf(Restoration.Taken.class);
    }

    /** Of each client, whether its number is indexed under an odd and under an even version. */
    private List<String> slots() {
        return scene.rows("select ssn_index_odd is not null, ssn_index_even is not null from clients order by id");
    }

    private static ClientDraft withSsn(String digits) {
        return Examples.withSsn(Examples.named("Ann", "Lee"), new Ssn(digits));
    }

    private List<UUID> bySsn(Clients clients, String ssn) {
        return switch (clients.search(scene.admin, ClientSearch.bySsn(new Ssn(ssn)))) {
            case Listing.Page<ClientSummaryView>(var items, var next) ->
                items.stream().map(ClientSummaryView::id).toList();
            case Listing<ClientSummaryView> other -> throw new AssertionError(other.toString());
        };
    }

    @Test
    void practice_clientWhoseKeyIsDeleted_doesNotStandInTheWay() {
        UUID gone = created(scene.platform.clients().create(scene.admin, Examples.jane()))
                .id();
        scene.platform.execute("delete from client_keys where client_id = '%s'".formatted(gone));
        assertThat(scene.run(Kind.PRACTICE, null).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void practice_rotated_keepsItsOwnFieldsReadable() {
        scene.run(Kind.PRACTICE, null);
        Platform fresh = scene.anotherProcess();
        String sealed = scene.rows("select encode(tax_id, 'hex') from practices where id = ?", scene.practice.value())
                .getFirst();
        String taxId = fresh.cipher()
                .decryptText(
                        fresh.keys().purposeKeys(scene.practice, Purpose.PRACTICE_FIELDS),
                        new FieldContext(scene.practice, "practices", "tax_id", scene.practice.value()),
                        java.util.HexFormat.of().parseHex(sealed));
        assertThat(taxId).isEqualTo("12-3456789");
    }

    @Test
    void practice_rotated_keepsTheSecretOfItsChannelReadable() {
        Platform before = scene.platform;
        new PracticeChannels(before.database(), before.keys(), before.cipher(), new SecureRandom())
                .set(
                        scene.admin,
                        new ChannelDraft(new WebhookUrl(URI.create("https://hooks.example.com")), false),
                        null);
        scene.run(Kind.PRACTICE, null);

        assertThat(scene.rows("select substring(secret from 3 for 4) = int4send(2) from message_channels"))
                .containsExactly("t");
        Platform fresh = scene.anotherProcess();
        PracticeChannels own = new PracticeChannels(fresh.database(), fresh.keys(), fresh.cipher(), new SecureRandom());
        assertThat(new MessageChannels(own, null, Clock.systemUTC()).of(scene.admin))
                .isPresent();
    }

    @Test
    void practice_workerKilledHalfWay_isFinishedByAnother() {
        for (int i = 0; i < 30; i++) {
            created(scene.platform.clients().create(scene.admin, Examples.withNotes("New.")));
        }
        Pace aBatchATurn = new Pace(7, 1_000_000, Duration.ofNanos(1), Duration.ofMillis(300));
        Worker killed = new Worker(scene.platform, scene.maintenance, aBatchATurn);
        Rotation started = scene.start(Kind.PRACTICE, null);
        for (int turn = 0; turn < 4; turn++) {
            killed.job().run(started.id());
        }
        // It dies in the middle of its next turn: what it holds is never given back.
        scene.platform.execute("update key_rotations set fence = fence + 1, held_until = now() + interval '1 hour'");
        assertThat(scene.rows("select count(*) > 0 and count(*) < 30 from client_keys where practice_key_version = 1"))
                .containsExactly("t");
        killed.job().run(started.id());
        assertThat(scene.find(started).status()).isEqualTo(Status.PROCESSING);

        scene.platform.execute("update key_rotations set held_until = now() - interval '1 second'");
        scene.worker.job().run(started.id());
        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows(NOT_UNDER_2)).containsExactly("0", "0");
    }

    @Test
    void practice_writeThatBeganBeforeTheKeyWasRetired_isWaitedFor() throws Exception {
        DatabaseSettings settings = scene.database.settings(EmbeddedDatabase.APP);
        Platform slow = scene.platform.another(settings);
        slow.keys().purposeKey(scene.practice, Purpose.CURSORS);
        Rotation started = scene.start(Kind.PRACTICE, null);
        try (var held = scene.database.connect(EmbeddedDatabase.SUPERUSER)) {
            // A writer whose statement passed its gate and has not committed yet.
            held.setAutoCommit(false);
            held.createStatement()
                    .execute(
                            "insert into client_keys (practice_id, client_id, version, practice_key_version, wrapped) values ('%s', '%s', 1, 1, '\\x%s')"
                                    .formatted(scene.practice, UUID.randomUUID(), "00".repeat(66)));
            for (int i = 0; i < 3; i++) {
                scene.worker.job().run(started.id());
                assertThat(scene.find(started).status()).isEqualTo(Status.PROCESSING);
                scene.platform.execute("select pg_sleep(0.4)");
            }
            held.rollback();
        }
        scene.worker.work();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
    }
}
