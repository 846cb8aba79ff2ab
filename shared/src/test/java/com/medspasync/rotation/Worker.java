package com.medspasync.rotation;

import com.medspasync.appointments.NotesReencryption;
import com.medspasync.clients.ClientHistory;
import com.medspasync.clients.ClientKeyRewrap;
import com.medspasync.clients.ClientKeyRotation;
import com.medspasync.clients.ClientReencryption;
import com.medspasync.clients.ClientReindex;
import com.medspasync.clients.OldIndexes;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.job.MemoryQueue;
import com.medspasync.maskedcopy.CopySecretRewrap;
import com.medspasync.maskedcopy.CopySecrets;
import com.medspasync.practices.PracticeKeyRewrap;
import com.medspasync.practices.PracticeKeyRotation;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.SealedFields;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeyRewrap;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A worker on a database of maintenance, with a queue in memory. */
final class Worker implements JobQueue {

    static final Pace QUICK = new Pace(7, 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(300));

    private final MemoryQueue messages = new MemoryQueue();
    private final SealedSigningKeys signing;
    private final JobRunner job;

    Worker(Platform platform, PracticeDatabase maintenance, Pace pace) {
        SecureRandom random = new SecureRandom();
        Envelope envelope = new Envelope(random);
        FieldCipher cipher = new FieldCipher(envelope);
        KeyHierarchy keys = new KeyHierarchy(
                platform.roots(),
                new PracticeKeyStore(maintenance, UUID::randomUUID),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
        this.signing = new SealedSigningKeys(envelope, keys.platformKeys(PlatformPurpose.SIGNING_KEYS));
        CopySecrets copies = new CopySecrets(envelope, keys.platformKeys(PlatformPurpose.MASKED_COPIES), random);
        List<Sweep> ofPractice = new ArrayList<>(SealedFields.all(maintenance, keys, cipher));
        ofPractice.add(ClientKeyRewrap.of(maintenance, keys));
        ofPractice.add(new ClientReindex(maintenance, keys, cipher));
        Map<Rotation.Kind, List<Stage>> stages = Map.of(
                Rotation.Kind.ROOT,
                RootRotation.stages(
                        maintenance,
                        platform.roots(),
                        List.of(
                                PracticeKeyRewrap.of(maintenance, keys),
                                new SigningKeyRewrap(maintenance, signing),
                                new CopySecretRewrap(maintenance, copies))),
                Rotation.Kind.PRACTICE,
                PracticeKeyRotation.stages(maintenance, keys, ofPractice, List.of(new OldIndexes(maintenance))),
                Rotation.Kind.CLIENT,
                ClientKeyRotation.stages(
                        maintenance,
                        keys,
                        List.of(
                                new ClientReencryption(maintenance, keys, cipher),
                                new NotesReencryption(maintenance, keys, cipher),
                                ClientHistory.reencryption(maintenance, keys, cipher),
                                NotesReencryption.ofHistory(maintenance, keys, cipher))));
        this.job = new JobRunner(maintenance, JobTable.KEY_ROTATIONS, this, new RotationWork(stages, pace));
    }

    @Override
    public void send(UUID rotation, Duration delay) {
        messages.send(rotation, delay);
    }

    /** Works off messages until there is none. */
    void work() {
        messages.work(job);
    }

    SealedSigningKeys sealedSigningKeys() {
        return signing;
    }

    JobRunner job() {
        return job;
    }
}
