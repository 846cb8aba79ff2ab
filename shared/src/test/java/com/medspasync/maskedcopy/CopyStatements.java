package com.medspasync.maskedcopy;

import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.job.JobWatch;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of masked copies. */
final class CopyStatements implements StatementExercise {

    private final Deque<UUID> messages = new ArrayDeque<>();
    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        Platform on = platform;
        PracticeDatabase maintenance = stage.open(DatabaseRole.MAINTENANCE);
        MemoryStore store = new MemoryStore();
        MaskedCopies copies =
                new MaskedCopies(on.database(), store, (job, delay) -> messages.add(job), UUID::randomUUID);
        SourcePractice source = SourcePractice.on(on, 10 + round);
        MaskedCopy started = copies.start(CopyScene.OPERATOR, new CopyRequest(source.id.value(), "exercise"))
                .orElseThrow();
        copies.start(CopyScene.OPERATOR, new CopyRequest(UUID.randomUUID(), "exercise"));
        JobRunner runner = runner(on, maintenance, store);
        runner.giveUp(messages.remove());
        new JobWatch(maintenance, Map.of(JobTable.MASKED_COPIES, (job, delay) -> messages.add(job)), UUID::randomUUID)
                .announceWaiting();
        copies.resume(CopyScene.OPERATOR, started.id());
        while (!messages.isEmpty()) {
            runner.run(messages.remove());
        }
        runner.run(started.id());
        copies.find(CopyScene.OPERATOR, started.id());
        copies.newest(CopyScene.OPERATOR);
        copies.file(CopyScene.OPERATOR, started.id(), Manifest.FILE);
        copies.delete(CopyScene.OPERATOR, started.id());

        UUID begun = copies.start(CopyScene.OPERATOR, new CopyRequest(source.id.value(), "exercise"))
                .orElseThrow()
                .id();
        runner.run(messages.remove());
        CopyScene.rotateRoot(on, maintenance, List.of(new CopySecretRewrap(maintenance, secrets(on))));
        store.beforeCommit(() -> copies.delete(CopyScene.OPERATOR, begun));
        while (!messages.isEmpty()) {
            runner.run(messages.remove());
        }
        // The other exercises on this database have root keys of their own.
        stage.database().execute("delete from retired_root_keys");
    }

    private static CopySecrets secrets(Platform on) {
        return new CopySecrets(
                new Envelope(new SecureRandom()),
                on.newKeys().platformKeys(PlatformPurpose.MASKED_COPIES),
                new SecureRandom());
    }

    private JobRunner runner(Platform on, PracticeDatabase maintenance, MemoryStore store) {
        var keys = on.newKeys();
        return new JobRunner(
                maintenance,
                JobTable.MASKED_COPIES,
                (job, delay) -> messages.add(job),
                new CopyWork(maintenance, keys, on.cipher(), secrets(on), store, CopyScene.A_BLOCK_A_TURN));
    }
}
