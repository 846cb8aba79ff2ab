package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.util.UUID;

/** A further version of a practice's key, and of clients' keys under it, as a rotation makes them. */
public final class Rotation {

    private final Envelope envelope;
    private final SecureRandom random;
    private final PracticeId practice;
    private final int version;
    private final Secret practiceKey;

    private Rotation(Envelope envelope, SecureRandom random, PracticeId practice, int version) {
        this.envelope = envelope;
        this.random = random;
        this.practice = practice;
        this.version = version;
        this.practiceKey = Secret.random(random);
    }

    public static Rotation to(int version, PracticeId practice) {
        SecureRandom random = new SecureRandom();
        return new Rotation(new Envelope(random), random, practice, version);
    }

    /** The practice's key, wrapped under the root. */
    public byte[] practiceKey(RootKeys roots) {
        RootKey root = roots.current();
        DataKey wrapping = new DataKey(root.version(), Hkdf.derive(root.secret(), "kek"));
        EntryContext place = new EntryContext(practice, "practice_keys", "wrapped", Integer.toString(version));
        return envelope.wrap(wrapping, place, practiceKey);
    }

    /** A new version of a client's key, wrapped under the practice's key. */
    public byte[] clientKey(UUID client, int clientKeyVersion) {
        DataKey wrapping = new PracticeKeys.Version(version, practiceKey).wrapping();
        return envelope.wrap(wrapping, ClientKeys.context(practice, client, clientKeyVersion), Secret.random(random));
    }
}
