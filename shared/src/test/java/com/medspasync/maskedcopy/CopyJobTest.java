package com.medspasync.maskedcopy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.clients.Examples;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.Secret;
import com.medspasync.job.JobRunner;
import com.medspasync.maskedcopy.MaskedCopy.Status;
import com.medspasync.practices.PracticeKeyRewrap;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.PracticeId;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How copies are made, read and deleted. */
class CopyJobTest {

    private final CopyScene scene = new CopyScene();
    private final SourcePractice source = SourcePractice.on(scene.platform, 1);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void copy_madeAgainWithTheSameSecret_hasTheSameBytes_alsoWhenItsWorkersAreKilled() {
        addClients(40);
        Map<String, String> straight = filesOf(made(() -> scene.work(CopyScene.SMALL)));
        Map<String, String> brokenOff = filesOf(made(() -> {
            for (int killed = 1; killed <= 3; killed++) {
                scene.store.killAfter(killed);
                JobRunner worker = scene.worker(CopyScene.SMALL);
                UUID job = scene.messages.getFirst();
                assertThatThrownBy(() -> worker.run(job)).isInstanceOf(MemoryStore.Killed.class);
                scene.database.execute("update masked_copies set held_until = now() - interval '1 second'");
            }
            scene.work(CopyScene.A_BLOCK_A_TURN);
        }));
        assertThat(brokenOff).isEqualTo(straight);
        assertThat(straight.getOrDefault("clients.ndjson", "").lines()).hasSize(43);
        assertThat(scene.store.largestBlock()).isLessThan(2_000 + 4_000);
    }

    private Map<String, String> filesOf(MaskedCopy copy) {
        Map<String, String> files = scene.files(copy);
        files.remove(Manifest.FILE);
        return files;
    }

    /** A copy with a secret that is always the same. */
    private MaskedCopy made(Runnable work) {
        MaskedCopy started = scene.start(source.id);
        byte[] secret = new byte[Secret.LENGTH];
        Arrays.fill(secret, (byte) 3);
        scene.seal(started, secret);
        work.run();
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        return scene.find(started);
    }

    private void addClients(int number) {
        for (int i = 0; i < number; i++) {
            source.add(UUID.randomUUID(), Examples.withNotes("Note " + i));
        }
    }

    @Test
    void secret_ofACopyThatIsComplete_isGone() {
        MaskedCopy started = scene.start(source.id);
        scene.worker(CopyScene.A_BLOCK_A_TURN).run(scene.messages.remove());
        assertThat(scene.rows(
                        "select octet_length(secret), secret_root_version, checkpoint is not null from masked_copies"))
                .containsExactly("66|1|t");
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows("select secret, secret_root_version, checkpoint from masked_copies"))
                .containsExactly("null|null|null");
    }

    @Test
    void copy_duringWhichTheRootKeyIsReplaced_isCompleteAllTheSame() {
        MaskedCopy started = scene.start(source.id);
        JobRunner early = scene.worker(CopyScene.A_BLOCK_A_TURN);
        early.run(scene.messages.remove());
        var keys = scene.platform.newKeys();
        CopySecrets secrets = new CopySecrets(
                new Envelope(new SecureRandom()), keys.platformKeys(PlatformPurpose.MASKED_COPIES), new SecureRandom());
        CopyScene.rotateRoot(
                scene.platform,
                scene.maintenance,
                List.of(
                        PracticeKeyRewrap.of(scene.maintenance, keys),
                        new CopySecretRewrap(scene.maintenance, secrets)));
        assertThat(scene.rows("select secret_root_version from masked_copies")).containsExactly("2");
        early.run(scene.messages.remove());
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        // A process that has read the old root only finds out when it begins.
        MaskedCopy next = scene.start(source.id);
        early.run(scene.messages.remove());
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(next).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void copy_complete_isOnRecordInThePracticeWithoutValues() {
        MaskedCopy copy = scene.copy(source.id);
        assertThat(scene.rows(
                        "select action, table_name, record_id, user_id, details::text from audit_logs where practice_id = ? and action = 'EXPORT'",
                        source.id.value()))
                .containsExactly("EXPORT|masked_copies|" + copy.id() + "|" + CopyScene.OPERATOR.user()
                        + "|{\"rows\": {\"staff.ndjson\": 1, \"users.ndjson\": 1, \"clients.ndjson\": 3, \"services.ndjson\": 1,"
                        + " \"practices.ndjson\": 1, \"appointments.ndjson\": 3}}");
        assertThat(
                        scene.rows(
                                "select action from audit_logs where table_name = 'masked_copies' and practice_id = platform_practice() order by timestamp"))
                .startsWith("CREATE", "UPDATE");
        assertThat(
                        scene.rows(
                                "select old_values::text || new_values::text from audit_logs where table_name = 'masked_copies'"))
                .noneMatch(values -> values != null && values.contains("\"secret\": \"\\\\x"));
    }

    @Test
    void workers_twoAtOnce_makeOneCopy() throws Exception {
        addClients(30);
        MaskedCopy started = scene.start(source.id);
        UUID job = scene.messages.remove();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> workers = Stream.generate(() -> scene.worker(CopyScene.SMALL))
                    .limit(4)
                    .<Future<?>>map(worker -> threads.submit(() -> worker.run(job)))
                    .toList();
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
        assertThat(scene.rows(started, CopiedTable.CLIENTS)).hasSize(33);
        assertThat(ids(started, CopiedTable.CLIENTS)).hasSize(33);
        assertThat(scene.rows("select count(*) from audit_logs where action = 'EXPORT'"))
                .containsExactly("1");
    }

    @Test
    void store_thatIsDown_isTriedAgainAndThenGivenUp() {
        MaskedCopy started = scene.start(source.id);
        scene.store.down(true);
        JobRunner worker = scene.worker(CopyScene.SMALL);
        UUID job = scene.messages.remove();
        assertThatThrownBy(() -> worker.run(job)).isInstanceOf(StoreUnavailable.class);
        assertThat(scene.find(started).status()).isEqualTo(Status.PROCESSING);
        worker.giveUp(job);
        assertThat(scene.find(started))
                .returns(Status.FAILED, MaskedCopy::status)
                .satisfies(copy -> assertThat(copy.error()).contains("failed several times"));

        scene.store.down(false);
        assertThat(scene.copies.resume(CopyScene.OPERATOR, started.id())).isInstanceOf(Lookup.Found.class);
        scene.work(CopyScene.SMALL);
        assertThat(scene.find(started).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void start_repeatedWhileItIsMade_isTheSameCopy_andOfNoPracticeIsNone() {
        MaskedCopy first = scene.start(source.id);
        assertThat(scene.start(source.id).id()).isEqualTo(first.id());
        scene.work(CopyScene.SMALL);
        assertThat(scene.start(source.id).id()).isNotEqualTo(first.id());
        assertThat(scene.copies.start(CopyScene.OPERATOR, new CopyRequest(UUID.randomUUID(), "x")))
                .isEmpty();
        assertThat(scene.copies.start(CopyScene.OPERATOR, new CopyRequest(PracticeId.PLATFORM.value(), "x")))
                .isEmpty();
    }

    @Test
    void start_byManyAtOnce_isOneCopy() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<UUID>> starting = Stream.generate(() -> threads.submit(() -> scene.copies
                            .start(CopyScene.OPERATOR, new CopyRequest(source.id.value(), "development"))
                            .orElseThrow()
                            .id()))
                    .limit(8)
                    .toList();
            Set<UUID> started = new HashSet<>();
            for (Future<UUID> start : starting) {
                started.add(start.get());
            }
            assertThat(started).hasSize(1);
        }
    }

    @Test
    void delete_copy_takesItsFilesAndStopsWhoeverWorksOnIt() {
        MaskedCopy complete = scene.copy(source.id);
        MaskedCopy underWay = scene.start(source.id);
        scene.worker(CopyScene.A_BLOCK_A_TURN).run(scene.messages.remove());
        for (MaskedCopy copy : List.of(complete, underWay)) {
            assertThat(scene.copies.delete(CopyScene.OPERATOR, copy.id())).isTrue();
            assertThat(scene.copies.delete(CopyScene.OPERATOR, copy.id())).isTrue();
            assertThat(scene.copies.find(CopyScene.OPERATOR, copy.id())).isInstanceOf(Lookup.Gone.class);
            assertThat(scene.copies.file(CopyScene.OPERATOR, copy.id(), Manifest.FILE))
                    .isInstanceOf(Lookup.Gone.class);
            assertThat(scene.copies.resume(CopyScene.OPERATOR, copy.id())).isInstanceOf(Lookup.Gone.class);
        }
        scene.work(CopyScene.SMALL);
        assertThat(scene.store.texts()).isEmpty();
        assertThat(scene.copies.newest(CopyScene.OPERATOR)).isEmpty();
        assertThat(scene.copies.delete(CopyScene.OPERATOR, UUID.randomUUID())).isFalse();
        assertThat(scene.rows("select status, secret from masked_copies order by created_at"))
                .containsExactly("COMPLETED|null", "FAILED|null");
    }

    @Test
    void file_ofACopy_isReadInPartsAndOnRecord_onceItIsComplete() {
        MaskedCopy started = scene.start(source.id);
        assertThat(scene.copies.file(CopyScene.OPERATOR, started.id(), "clients.ndjson"))
                .isInstanceOf(Lookup.Missing.class);
        scene.work(CopyScene.SMALL);
        assertThat(scene.copies.file(CopyScene.OPERATOR, started.id(), "secrets.ndjson"))
                .isInstanceOf(Lookup.Missing.class);
        if (scene.copies.file(CopyScene.OPERATOR, started.id(), "clients.ndjson")
                instanceof Lookup.Found<StoredFile>(StoredFile file)) {
            String whole = scene.files(started).getOrDefault("clients.ndjson", "");
            assertThat(new String(scene.copies.read(file, 5, 20), StandardCharsets.UTF_8))
                    .isEqualTo(whole.substring(5, 25));
            assertThat(file.bytes()).isEqualTo(whole.length());
        } else {
            throw new AssertionError("no file");
        }
        assertThat(
                        scene.rows(
                                "select details->>'file' from audit_logs where action = 'READ' and table_name = 'masked_copies' order by timestamp"))
                .containsExactly("", "clients.ndjson");
    }

    private Set<String> ids(MaskedCopy copy, CopiedTable table) {
        return scene.rows(copy, table).stream()
                .map(row -> row.path("id").asText())
                .collect(Collectors.toSet());
    }

    @Test
    void delete_justBeforeAFileIsMade_leavesNoFile() {
        MaskedCopy started = scene.start(source.id);
        scene.store.beforeCommit(() -> scene.copies.delete(CopyScene.OPERATOR, started.id()));
        scene.work(CopyScene.SMALL);
        assertThat(scene.copies.find(CopyScene.OPERATOR, started.id())).isInstanceOf(Lookup.Gone.class);
        assertThat(scene.store.texts()).isEmpty();
    }
}
