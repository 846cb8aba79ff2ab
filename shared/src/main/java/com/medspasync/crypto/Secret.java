package com.medspasync.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * 32 bytes of key material. It never prints them, compares in constant time, and lets them out only inside this package.
 * Immutable and thread-safe. The bytes stay in memory until the collector takes them: JCE keeps copies of its own that
 * nobody can wipe, so a {@code destroy} here would promise what it cannot keep.
 */
public final class Secret {

    /** Length of every key, in bytes. */
    public static final int LENGTH = 32;

    // HMAC and AES both take any key's encoded bytes: one copy serves both.
    private final SecretKey key;

    private Secret(SecretKey key) {
        this.key = key;
    }

    /**
     * Copies {@code bytes}; the caller wipes its own array.
     *
     * @throws IllegalArgumentException unless there are exactly {@value #LENGTH}
     */
    public static Secret copyOf(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new Secret(new SecretKeySpec(bytes, "AES"));
    }

    /** A new key, drawn from {@code random}. */
    public static Secret random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return takeOver(bytes);
    }

    /** As {@link #copyOf}, and wipes {@code bytes}. */
    static Secret takeOver(byte[] bytes) {
        try {
            return copyOf(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** The key as JCE wants it. */
    SecretKey key() {
        return key;
    }

    /** A copy, which the caller wipes. */
    byte[] bytes() {
        return key.getEncoded();
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && key.equals(secret.key);
    }

    /** The same for every key, because a hash of a key is a hint at it. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret[hidden]";
    }
}
