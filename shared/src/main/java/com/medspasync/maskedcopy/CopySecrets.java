package com.medspasync.maskedcopy;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.EntryContext;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.Secret;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;

/** The secrets that pseudonyms are made with, as they are stored while a copy is made. Thread-safe. */
public final class CopySecrets {

    private final Envelope envelope;
    private final DataKeys keys;
    private final SecureRandom random;

    /** @param keys those for {@link PlatformPurpose#MASKED_COPIES} */
    public CopySecrets(Envelope envelope, DataKeys keys, SecureRandom random) {
        this.envelope = envelope;
        this.keys = keys;
        this.random = random;
    }

    /**
     * A secret as it is stored.
     *
     * @param rootVersion of the root key that it is sealed under
     */
    @SuppressWarnings("ArrayRecordComponent") // stored at once, never compared
    record Sealed(byte[] bytes, int rootVersion) {}

    /** A new one. */
    Sealed draw(UUID copy) {
        byte[] secret = new byte[Secret.LENGTH];
        random.nextBytes(secret);
        return seal(copy, keys.current(), secret);
    }

    /** The same one under another version of the root key. */
    Sealed reseal(UUID copy, byte[] sealed, int toRoot) {
        return seal(copy, keys.version(toRoot), envelope.open(keys, place(copy), sealed));
    }

    Secret open(UUID copy, byte[] sealed) {
        byte[] secret = envelope.open(keys, place(copy), sealed);
        try {
            return Secret.copyOf(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Sealed seal(UUID copy, DataKey key, byte[] secret) {
        try {
            return new Sealed(envelope.seal(key, place(copy), secret), key.version());
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static EntryContext place(UUID copy) {
        return new EntryContext(PracticeId.PLATFORM, "masked_copies", "secret", copy.toString());
    }
}
