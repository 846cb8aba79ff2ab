package com.medspasync.crypto;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * A secret that somebody outside has as well, so that they can tell by HMAC-SHA-256 (RFC 2104) what comes from here. Unlike a {@link Secret} it
 * encrypts nothing, and may be shown to whom it is shared with. Immutable and thread-safe.
 */
public final class SharedSecret {

    /** The fewest bytes that one may have. */
    public static final int SHORTEST = 24;

    /** The most bytes that one may have. */
    public static final int LONGEST = 64;

    private static final int USUAL = 32;

    private final byte[] bytes;

    private SharedSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new one of 32 bytes. */
    public static SharedSecret random(SecureRandom random) {
        byte[] bytes = new byte[USUAL];
        random.nextBytes(bytes);
        return new SharedSecret(bytes);
    }

    /**
     * Copies {@code bytes}.
     *
     * @throws IllegalArgumentException unless there are {@value #SHORTEST} to {@value #LONGEST}
     */
    public static SharedSecret copyOf(byte[] bytes) {
        if (bytes.length < SHORTEST || bytes.length > LONGEST) {
            throw new IllegalArgumentException(
                    "a shared secret has " + SHORTEST + " to " + LONGEST + " bytes, not " + bytes.length);
        }
        return new SharedSecret(bytes.clone());
    }

    /** A copy, to be sealed, or shown to whom it is shared with. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The 32 bytes that show who has the secret that {@code message} comes from somebody who has it too. */
    public byte[] sign(byte[] message) {
        return Hkdf.hmac(bytes, message);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SharedSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for every one, because a hash of it is a hint at it. */
    @Override
    public int hashCode() {
        return SharedSecret.class.hashCode();
    }

    @Override
    public String toString() {
        return "SharedSecret[hidden]";
    }
}
