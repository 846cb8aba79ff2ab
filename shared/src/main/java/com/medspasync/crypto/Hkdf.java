package com.medspasync.crypto;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with HMAC-SHA-256 (RFC 5869), which the JDK has only from 25 on. Stateless; derived keys are cached by the callers. A
 * {@code Mac} for each call is cheap enough, also for a blind index: 4 µs, where a kept one that is cloned takes 2, beside a write of
 * hundreds.
 */
final class Hkdf {

    private static final int HASH_LENGTH = 32;
    private static final String HMAC = "HmacSHA256";
    private static final byte[] NO_SALT = new byte[HASH_LENGTH];

    private Hkdf() {}

    /**
     * A key of its own for the use that {@code label} names. Different lists of words give independent keys; the words stand
     * length-prefixed in HKDF's {@code info}, behind the product's name.
     */
    static Secret derive(Secret from, String... label) {
        byte[] input = from.bytes();
        try {
            byte[] info = LengthPrefixed.of("medspasync", label);
            return Secret.takeOver(hkdf(NO_SALT, input, info, Secret.LENGTH));
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    /**
     * Extract, then expand (RFC 5869, sections 2.2 and 2.3).
     *
     * @param salt empty for none
     * @param size bytes wanted, at most 255 * 32
     */
    static byte[] hkdf(byte[] salt, byte[] input, byte[] info, int size) {
        if (size < 0 || size > 255 * HASH_LENGTH) {
            throw new IllegalArgumentException("HKDF-SHA256 gives at most 8160 bytes, not " + size);
        }
        byte[] pseudorandomKey = hmac(salt.length == 0 ? NO_SALT : salt, input);
        try {
            return expand(pseudorandomKey, info, size);
        } finally {
            Arrays.fill(pseudorandomKey, (byte) 0);
        }
    }

    private static byte[] expand(byte[] pseudorandomKey, byte[] info, int size) {
        byte[] out = new byte[size];
        byte[] block = {};
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(pseudorandomKey, HMAC));
            for (int done = 0, counter = 1; done < size; done += HASH_LENGTH, counter++) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) counter);
                Arrays.fill(block, (byte) 0);
                block = mac.doFinal();
                System.arraycopy(block, 0, out, done, Math.min(HASH_LENGTH, size - done));
            }
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        } finally {
            Arrays.fill(block, (byte) 0);
        }
    }

    static byte[] hmac(byte[] key, byte[] message) {
        return hmac(new SecretKeySpec(key, HMAC), message);
    }

    /** HMAC-SHA-256 (RFC 2104), under the encoded bytes of {@code key}. */
    static byte[] hmac(Key key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
