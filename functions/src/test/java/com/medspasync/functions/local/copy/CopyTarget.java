package com.medspasync.functions.local.copy;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.Clients;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RootKeys;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.practices.NewPractice;
import com.medspasync.practices.PracticeKeyStore;
import com.medspasync.practices.Practices;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Supplier;

/** The platform that a copy is loaded into: everything is encrypted and indexed there anew, under keys of its own. */
final class CopyTarget {

    private static final Supplier<UUID> IDS = Generators.timeBasedEpochRandomGenerator()::generate;

    private final PracticeDatabase database;
    private final Envelope envelope;
    private final FieldCipher cipher;
    private final KeyHierarchy keys;

    CopyTarget(PracticeDatabase database, RootKeys roots, SecureRandom random) {
        this.database = database;
        this.envelope = new Envelope(random);
        this.cipher = new FieldCipher(envelope);
        this.keys = new KeyHierarchy(
                roots,
                new PracticeKeyStore(database, IDS),
                envelope,
                random,
                Clock.systemUTC(),
                Duration.ofMinutes(10));
    }

    /** The platform at work for a practice; the audit says what for. */
    static Caller caller(PracticeId practice) {
        return Caller.platform(practice, origin());
    }

    private static Origin origin() {
        return new Origin(null, "masked-copy", IDS.get());
    }

    boolean has(PracticeId practice) {
        return practices().exists(practice, origin());
    }

    void create(NewPractice practice) {
        practices().create(practice, origin());
    }

    private Practices practices() {
        return new Practices(database, keys, cipher);
    }

    /** Stores a client under the id and with the time of creation that it has in the copy; one that is there stays as it is. */
    void create(PracticeId practice, UUID id, Instant createdAt, ClientDraft draft) {
        Clients clients = new Clients(
                database,
                keys,
                cipher,
                new WrappedKeyCache(),
                new Idempotency(keys, envelope, IDS),
                new Cursors(keys, envelope),
                Clock.fixed(createdAt, ZoneOffset.UTC),
                () -> id);
        if (!(clients.create(caller(practice), draft) instanceof Creation.Created<?>)) {
            throw new IllegalStateException(
                    "The client " + id + " of the copy cannot be stored: another has its e-mail address");
        }
    }

    /** Encrypts an appointment's notes under its client's key. */
    byte[] sealNotes(PracticeId practice, UUID appointment, UUID client, byte[] packedKeys, String notes) {
        DataKeys ofClient = keys.openClientKeys(practice, client, packedKeys);
        return cipher.encrypt(
                ofClient.current(), new FieldContext(practice, "appointments", "notes", appointment), notes);
    }
}
