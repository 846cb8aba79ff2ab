package com.medspasync.maskedcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.Secret;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.maskedcopy.MaskedCopy.Status;
import com.medspasync.repository.Lookup;
import com.medspasync.rotation.Pace;
import com.medspasync.rotation.RootRotation;
import com.medspasync.rotation.Rotation;
import com.medspasync.rotation.RotationRequest;
import com.medspasync.rotation.RotationWork;
import com.medspasync.rotation.Rotations;
import com.medspasync.rotation.Sweep;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A platform with practices to copy, an operator, a store in memory, and a worker. */
final class CopyScene implements AutoCloseable {

    static final CopyPace SMALL = new CopyPace(7, 2_000, Duration.ofMinutes(1));
    static final CopyPace A_BLOCK_A_TURN = new CopyPace(7, 2_000, Duration.ofNanos(1));

    static final Caller OPERATOR = Examples.operator();

    private static final JsonMapper JSON = new JsonMapper();

    final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    final Platform platform = Platform.on(database);
    final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    final MemoryStore store = new MemoryStore();
    final Deque<UUID> messages = new ArrayDeque<>();
    final MaskedCopies copies = new MaskedCopies(platform.database(), store, this::send, UUID::randomUUID);

    private void send(UUID job, Duration delay) {
        messages.add(job);
    }

    /** A worker, as a process has it that has read no keys yet. */
    JobRunner worker(CopyPace pace) {
        JobQueue queue = this::send;
        Envelope envelope = new Envelope(new SecureRandom());
        var keys = platform.newKeys();
        CopySecrets secrets =
                new CopySecrets(envelope, keys.platformKeys(PlatformPurpose.MASKED_COPIES), new SecureRandom());
        return new JobRunner(
                maintenance,
                JobTable.MASKED_COPIES,
                queue,
                new CopyWork(maintenance, keys, platform.cipher(), secrets, store, pace));
    }

    MaskedCopy start(PracticeId practice) {
        return copies.start(OPERATOR, new CopyRequest(practice.value(), "development"))
                .orElseThrow();
    }

    MaskedCopy find(MaskedCopy copy) {
        return switch (copies.find(OPERATOR, copy.id())) {
            case Lookup.Found<MaskedCopy>(MaskedCopy found) -> found;
            case Lookup<MaskedCopy> other -> throw new AssertionError(other.toString());
        };
    }

    /** Works until there is no message. */
    void work(CopyPace pace) {
        JobRunner worker = worker(pace);
        while (!messages.isEmpty()) {
            worker.run(messages.remove());
        }
    }

    /** Replaces the root key, and seals what the sweeps find. */
    static void rotateRoot(Platform platform, PracticeDatabase maintenance, List<Sweep> wrapped) {
        Deque<UUID> rotating = new ArrayDeque<>();
        JobQueue queue = (job, delay) -> rotating.add(job);
        Rotation started = new Rotations(platform.database(), queue, UUID::randomUUID)
                .start(OPERATOR, new RotationRequest(Rotation.Kind.ROOT, null, null, "yearly"))
                .orElseThrow();
        JobRunner runner = new JobRunner(
                maintenance,
                JobTable.KEY_ROTATIONS,
                queue,
                new RotationWork(
                        Map.of(Rotation.Kind.ROOT, RootRotation.stages(maintenance, platform.roots(), wrapped)),
                        new Pace(100, 1_000_000, Duration.ofMinutes(1), Duration.ZERO)));
        while (!rotating.isEmpty()) {
            runner.run(rotating.remove());
        }
        Rotation done = new Rotations(platform.database(), queue, UUID::randomUUID)
                .find(OPERATOR, started.id())
                .orElseThrow();
        if (done.status() != Rotation.Status.COMPLETED) {
            throw new AssertionError("not completed: " + done);
        }
    }

    /** A copy, made from the beginning to the end. */
    MaskedCopy copy(PracticeId practice) {
        MaskedCopy started = start(practice);
        work(SMALL);
        MaskedCopy done = find(started);
        if (done.status() != Status.COMPLETED) {
            throw new AssertionError("not complete: " + done);
        }
        return done;
    }

    /** Has the next copy made with a secret that is known, so that it can be made again. */
    void seal(MaskedCopy copy, byte[] secret) {
        Envelope envelope = new Envelope(new SecureRandom());
        var keys = platform.newKeys().platformKeys(PlatformPurpose.MASKED_COPIES);
        SecureRandom known = new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] bytes) {
                System.arraycopy(secret, 0, bytes, 0, Secret.LENGTH);
            }
        };
        CopySecrets.Sealed sealed = new CopySecrets(envelope, keys, known).draw(copy.id());
        database.execute(
                "update masked_copies set secret = '\\x%s', secret_root_version = %d, checkpoint = '%s', total = 0 where id = '%s'"
                        .formatted(
                                java.util.HexFormat.of().formatHex(sealed.bytes()),
                                sealed.rootVersion(),
                                Checkpoint.START.toJson(),
                                copy.id()));
    }

    /** The files of a copy, by name, as they lie in the store. */
    Map<String, String> files(MaskedCopy copy) {
        Map<String, String> files = new TreeMap<>();
        store.texts().forEach((path, text) -> {
            if (path.startsWith(copy.id() + "/")) {
                files.put(path.substring(path.indexOf('/') + 1), text);
            }
        });
        return files;
    }

    /** The rows of one of them. */
    List<JsonNode> rows(MaskedCopy copy, CopiedTable table) {
        List<JsonNode> rows = new ArrayList<>();
        Arrays.stream(files(copy).getOrDefault(table.file(), "").split("\n", -1))
                .filter(line -> !line.isEmpty())
                .forEach(line -> rows.add(json(line)));
        return rows;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    List<String> rows(String sql, @Nullable Object... parameters) {
        return platform.rows(sql, parameters);
    }

    @Override
    public void close() {
        database.close();
    }
}
