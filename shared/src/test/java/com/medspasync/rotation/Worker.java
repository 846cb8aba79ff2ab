package com.medspasync.rotation;

import com.medspasync.clients.ClientKeyRewrap;
import com.medspasync.clients.ClientKeyRotation;
import com.medspasync.clients.ClientReencryption;
import com.medspasync.clients.ClientReindex;
import com.medspasync.clients.HistoryReencryption;
import com.medspasync.clients.OldIndexes;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.identity.SealedSigningKeys;
import com.medspasync.identity.SigningKeyRewrap;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.maskedcopy.CopySecretRewrap;
import com.medspasync.maskedcopy.CopySecrets;
import com.medspasync.practices.PracticeKeyRewrap;
import com.medspasync.practices.PracticeKeyRotation;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.SealedFields;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** A worker on a database of maintenance, with a queue in memory that delivers as the real one does. */
final class Worker implements JobQueue {

    static final Pace QUICK = new Pace(7, 1_000_000, Duration.ofMinutes(1), Duration.ofMillis(300));

    private static final int MOST_DELIVERIES = 5;

    private final DelayQueue<Message> messages = new DelayQueue<>();
    private final SealedSigningKeys signing;
    private final JobRunner job;

    private record Message(UUID rotation, Instant due, int deliveries) implements Delayed {

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(Instant.now(), due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

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
                                new HistoryReencryption(maintenance, keys, cipher))));
        this.job = new JobRunner(maintenance, JobTable.KEY_ROTATIONS, this, new RotationWork(stages, pace));
    }

    @Override
    public void send(UUID rotation, Duration delay) {
        messages.add(new Message(rotation, Instant.now().plus(delay), 1));
    }

    /**
     * Works off messages until there is none, or this has gone on for longer than any test. One that fails comes again after a second, as
     * a queue's does.
     */
    void work() {
        Instant deadline = Instant.now().plusSeconds(60);
        while (!messages.isEmpty() && Instant.now().isBefore(deadline)) {
            try {
                Message message = messages.poll(1, TimeUnit.SECONDS);
                if (message != null) {
                    run(message);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void run(Message message) {
        try {
            job.run(message.rotation());
        } catch (RuntimeException e) {
            if (message.deliveries() == MOST_DELIVERIES) {
                throw e;
            }
            messages.add(new Message(message.rotation(), Instant.now().plusSeconds(1), message.deliveries() + 1));
        }
    }

    SealedSigningKeys sealedSigningKeys() {
        return signing;
    }

    JobRunner job() {
        return job;
    }
}
