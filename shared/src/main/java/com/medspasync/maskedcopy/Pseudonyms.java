package com.medspasync.maskedcopy;

import com.medspasync.crypto.KeyedDigest;
import com.medspasync.crypto.Secret;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * What stands for what in one copy: keyed digests under a secret that is drawn for the copy and forgotten when it is done. From then on nobody
 * can go back, and what stands for the same person in two copies has nothing in common. Thread-safe.
 */
final class Pseudonyms {

    private static final int WEEKS = 52;

    private final KeyedDigest digest;

    Pseudonyms(Secret secret) {
        this.digest = new KeyedDigest(secret);
    }

    /** The id in the copy: a UUID of version 8 (RFC 9562, section 5.8), since what it is made of is nobody's standard. */
    UUID id(Entity entity, UUID real) {
        ByteBuffer bytes = digest.of("id " + entity.label(), real);
        long high = (bytes.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** By how much everything of an entity is moved: 1 to 52 weeks back, so that weekdays stay and nothing comes to lie in the future. */
    DateShift shift(Entity entity, UUID real) {
        ByteBuffer bytes = digest.of("shift " + entity.label(), real);
        return new DateShift(1 + (int) Long.remainderUnsigned(bytes.getLong(), WEEKS));
    }

    /** What everything that is made up for an entity is drawn from. */
    long seed(Entity entity, UUID real) {
        return digest.of("made up " + entity.label(), real).getLong();
    }

    /** What a word that stands for a word is drawn from: the same for the same one. */
    long seed(String column, String word) {
        return digest.of("word " + column, word).getLong();
    }

    /** What everything that is the copy's own is drawn from. */
    long seed(String label) {
        return digest.of(label, "").getLong();
    }
}
