package com.medspasync.functions;

import com.fasterxml.uuid.Generators;
import com.medspasync.appointments.Appointments;
import com.medspasync.availability.Availability;
import com.medspasync.clients.Clients;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.functions.queue.JobMessages;
import com.medspasync.functions.queue.NoticeWorker;
import com.medspasync.idempotency.Creator;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.identity.Identity;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.message.PracticeChannels;
import com.medspasync.notice.Notices;
import com.medspasync.password.Passwords;
import com.medspasync.practices.AccessPolicies;
import com.medspasync.practices.Admissions;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.PracticeSettings;
import com.medspasync.practices.Practices;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Pages;
import com.medspasync.services.Services;
import com.medspasync.staff.ScheduleExceptions;
import com.medspasync.staff.StaffMembers;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeys;
import com.medspasync.token.TokenSettings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** What the triggers call: the features of {@code shared}, composed on the stores. */
public record Features(
        Practices practices,
        PracticeSettings practiceSettings,
        Admissions admissions,
        AccessPolicies accessPolicies,
        Identity identity,
        AccessTokens accessTokens,
        Clients clients,
        Appointments appointments,
        Availability availability,
        Services services,
        StaffMembers staff,
        ScheduleExceptions scheduleExceptions,
        PracticeChannels channels,
        Notices notices) {

    private static final TokenSettings TOKENS = TokenSettings.of("https://medspasync.example", "medspasync-api");
    private static final Duration PRACTICE_KEYS_SERVE = Duration.ofMinutes(10);

    /** Composes the features. Opens no connection. */
    public static Features on(Stores stores, SecureRandom random, Clock clock) {
        PracticeDatabase database = stores.database();
        Supplier<UUID> ids = Generators.timeBasedEpochRandomGenerator()::generate;
        Envelope envelope = new Envelope(random);
        FieldCipher cipher = new FieldCipher(envelope);
        KeyHierarchy keys = new KeyHierarchy(
                stores.rootKeys(), new PracticeKeyStore(database, ids), envelope, random, clock, PRACTICE_KEYS_SERVE);
        Passwords passwords = new Passwords(random);
        SealedSigningKeys sealedKeys = new SealedSigningKeys(envelope, keys.platformKeys(PlatformPurpose.SIGNING_KEYS));
        AccessTokens tokens = new AccessTokens(new SigningKeys(database, sealedKeys, TOKENS, clock), TOKENS, clock);
        Cursors cursors = new Cursors(keys, envelope);
        Idempotency idempotency = new Idempotency(keys, envelope, ids);
        WrappedKeyCache clientKeys = new WrappedKeyCache();
        Creator creator = new Creator(database, keys, idempotency);
        Pages pages = new Pages(cursors);
        Notices notices = new Notices(new JobMessages(() -> stores.storage().queue(NoticeWorker.QUEUE)), ids);
        Practices practices = new Practices(database, keys, cipher);
        return new Features(
                practices,
                new PracticeSettings(database, keys, cipher),
                new Admissions(database, keys, cipher, practices, pages),
                new AccessPolicies(database),
                Identity.on(
                        database,
                        keys,
                        cipher,
                        passwords,
                        tokens,
                        cursors,
                        notices,
                        Identity.Limits.standard(),
                        random,
                        clock),
                tokens,
                new Clients(database, keys, cipher, clientKeys, idempotency, cursors, clock, ids),
                new Appointments(database, keys, cipher, clientKeys, idempotency, cursors, clock, ids),
                new Availability(database, clock),
                new Services(database, creator, pages, clock, ids),
                new StaffMembers(database, creator, pages, clock, ids),
                new ScheduleExceptions(database, creator, pages, clock, ids),
                new PracticeChannels(database, keys, cipher, random),
                notices);
    }
}
