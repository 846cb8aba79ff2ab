package com.medspasync.functions;

import com.fasterxml.uuid.Generators;
import com.medspasync.appointments.NotesReencryption;
import com.medspasync.clients.ClientHistory;
import com.medspasync.clients.ClientKeyRewrap;
import com.medspasync.clients.ClientKeyRotation;
import com.medspasync.clients.ClientReencryption;
import com.medspasync.clients.ClientReindex;
import com.medspasync.clients.OldIndexes;
import com.medspasync.clients.ShreddedClients;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.RootKeys;
import com.medspasync.database.Partitions;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.emergency.BreakGlassComposer;
import com.medspasync.expiry.Expiry;
import com.medspasync.identity.TokenNotice;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobTable;
import com.medspasync.job.JobWatch;
import com.medspasync.maskedcopy.CopyPace;
import com.medspasync.maskedcopy.CopySecretRewrap;
import com.medspasync.maskedcopy.CopySecrets;
import com.medspasync.maskedcopy.CopyStore;
import com.medspasync.maskedcopy.CopyWork;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.MessageChannels;
import com.medspasync.message.PracticeChannels;
import com.medspasync.notice.NoticeComposer;
import com.medspasync.notice.NoticeDelivery;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.NoticeWatch;
import com.medspasync.practices.PracticeKeyRewrap;
import com.medspasync.practices.PracticeKeyRotation;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.SealedFields;
import com.medspasync.reminders.ReminderComposer;
import com.medspasync.reminders.ReminderWatch;
import com.medspasync.reporting.SummaryRefresh;
import com.medspasync.rotation.DoomedRotations;
import com.medspasync.rotation.Pace;
import com.medspasync.rotation.RootRotation;
import com.medspasync.rotation.Rotation;
import com.medspasync.rotation.RotationWork;
import com.medspasync.rotation.Stage;
import com.medspasync.rotation.Sweep;
import com.medspasync.shredding.Certification;
import com.medspasync.shredding.KeptAnswers;
import com.medspasync.shredding.ShreddingWork;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeyRewrap;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What queues and timers call: the features that reach into every practice, composed on the database as maintenance sees it. */
public record Maintenance(
        JobRunner rotations,
        JobRunner shreddings,
        Certification certification,
        JobRunner copies,
        JobWatch watch,
        NoticeDelivery notices,
        NoticeWatch noticeWatch,
        ReminderWatch reminders,
        Expiry expiry,
        SummaryRefresh summary,
        Partitions partitions) {

    private static final Duration PRACTICE_KEYS_SERVE = Duration.ofMinutes(10);

    /**
     * Composes them. Opens no connection.
     *
     * @param queues one for each kind of job
     * @param noticeQueue brings notices to be delivered
     * @param composers of notices, in the place of those that there are here or besides them
     * @param channel for messages of practices that have none of their own; null when there is none
     * @param keyBackups how long a backup that holds keys may live
     */
    public static Maintenance on(
            PracticeDatabase database,
            RootKeys roots,
            Map<JobTable, JobQueue> queues,
            JobQueue noticeQueue,
            Map<NoticeKind, NoticeComposer> composers,
            @Nullable MessageChannel channel,
            CopyStore copyStore,
            Pace pace,
            Duration keyBackups,
            SecureRandom random,
            Clock clock) {
        Supplier<UUID> ids = Generators.timeBasedEpochRandomGenerator()::generate;
        Envelope envelope = new Envelope(random);
        FieldCipher cipher = new FieldCipher(envelope);
        KeyHierarchy keys = new KeyHierarchy(
                roots, new PracticeKeyStore(database, ids), envelope, random, clock, PRACTICE_KEYS_SERVE);
        SealedSigningKeys signing = new SealedSigningKeys(envelope, keys.platformKeys(PlatformPurpose.SIGNING_KEYS));
        CopySecrets copySecrets = new CopySecrets(envelope, keys.platformKeys(PlatformPurpose.MASKED_COPIES), random);
        Map<Rotation.Kind, List<Stage>> stages = Map.of(
                Rotation.Kind.ROOT,
                RootRotation.stages(
                        database,
                        roots,
                        List.of(
                                PracticeKeyRewrap.of(database, keys),
                                new SigningKeyRewrap(database, signing),
                                new CopySecretRewrap(database, copySecrets))),
                Rotation.Kind.PRACTICE,
                practice(database, keys, cipher),
                Rotation.Kind.CLIENT,
                ClientKeyRotation.stages(
                        database,
                        keys,
                        List.of(
                                new ClientReencryption(database, keys, cipher),
                                new NotesReencryption(database, keys, cipher),
                                ClientHistory.reencryption(database, keys, cipher),
                                NotesReencryption.ofHistory(database, keys, cipher))));
        JobQueue shreddings = Objects.requireNonNull(queues.get(JobTable.KEY_SHREDDINGS));
        return new Maintenance(
                new JobRunner(
                        database,
                        JobTable.KEY_ROTATIONS,
                        Objects.requireNonNull(queues.get(JobTable.KEY_ROTATIONS)),
                        new RotationWork(stages, pace)),
                new JobRunner(
                        database,
                        JobTable.KEY_SHREDDINGS,
                        shreddings,
                        new ShreddingWork(
                                database,
                                List.of(new DoomedRotations(database)),
                                List.of(new ShreddedClients(database), new KeptAnswers(database)),
                                keyBackups)),
                new Certification(database, shreddings, ids),
                new JobRunner(
                        database,
                        JobTable.MASKED_COPIES,
                        Objects.requireNonNull(queues.get(JobTable.MASKED_COPIES)),
                        new CopyWork(database, keys, cipher, copySecrets, copyStore, CopyPace.USUAL)),
                new JobWatch(database, queues, ids),
                new NoticeDelivery(
                        database,
                        new MessageChannels(new PracticeChannels(database, keys, cipher, random), channel, clock),
                        composers(database, random, composers)),
                new NoticeWatch(database, noticeQueue, ids),
                new ReminderWatch(database, noticeQueue, channel != null, ids),
                new Expiry(database, ids),
                new SummaryRefresh(database, ids, clock),
                new Partitions(database));
    }

    private static Map<NoticeKind, NoticeComposer> composers(
            PracticeDatabase database, SecureRandom random, Map<NoticeKind, NoticeComposer> more) {
        Map<NoticeKind, NoticeComposer> all = new EnumMap<>(NoticeKind.class);
        all.put(NoticeKind.INVITATION, TokenNotice.invitation(database, random));
        all.put(NoticeKind.PASSWORD_RESET, TokenNotice.passwordReset(database, random));
        all.put(NoticeKind.BREAK_GLASS, new BreakGlassComposer(database));
        all.put(NoticeKind.APPOINTMENT_REMINDER, new ReminderComposer(database));
        all.putAll(more);
        return all;
    }

    private static List<Stage> practice(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher) {
        List<Sweep> encrypted = new ArrayList<>(SealedFields.all(database, keys, cipher));
        encrypted.add(ClientKeyRewrap.of(database, keys));
        encrypted.add(new ClientReindex(database, keys, cipher));
        return PracticeKeyRotation.stages(database, keys, encrypted, List.of(new OldIndexes(database)));
    }
}
