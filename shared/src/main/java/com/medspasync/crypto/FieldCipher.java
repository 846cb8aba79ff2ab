package com.medspasync.crypto;

import java.nio.charset.StandardCharsets;

/**
 * Encrypts single fields of records, in {@link Envelope}'s format, bound to practice, table, column and row. Thread-safe.
 */
public final class FieldCipher {

    /** The longest field, in bytes of UTF-8: more than the largest record body holds. */
    public static final int MAX_PLAINTEXT = 128 << 10;

    private final Envelope envelope;

    public FieldCipher(Envelope envelope) {
        this.envelope = envelope;
    }

    /**
     * Encrypts text as UTF-8.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_PLAINTEXT}, or holds half of a surrogate pair,
     *     which UTF-8 cannot say and would come back as a question mark
     */
    public byte[] encrypt(DataKey key, FieldContext context, String plaintext) {
        requirePairedSurrogates(context, plaintext);
        return encrypt(key, context, plaintext.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Encrypts bytes.
     *
     * @throws IllegalArgumentException when there are more than {@link #MAX_PLAINTEXT}
     */
    public byte[] encrypt(DataKey key, FieldContext context, byte[] plaintext) {
        if (plaintext.length > MAX_PLAINTEXT) {
            throw new IllegalArgumentException(
                    context + " has " + plaintext.length + " bytes, more than " + MAX_PLAINTEXT);
        }
        return envelope.seal(key, context, plaintext);
    }

    /**
     * Decrypts to bytes.
     *
     * @throws TamperedCiphertext when {@code sealed} was not encrypted for exactly this field
     * @throws UnknownKeyVersion when {@code keys} has no key of its version, also after looking once more
     * @throws KeysUnavailable when the key cannot be had at present
     */
    public byte[] decrypt(DataKeys keys, FieldContext context, byte[] sealed) {
        return envelope.open(keys, context, sealed);
    }

    /** Decrypts to text what was encrypted from text. Fails as {@link #decrypt} does. */
    public String decryptText(DataKeys keys, FieldContext context, byte[] sealed) {
        return new String(decrypt(keys, context, sealed), StandardCharsets.UTF_8);
    }

    /**
     * The version of the key that encrypted {@code sealed}, not yet authenticated.
     *
     * @throws TamperedCiphertext when it is not in the format
     */
    public static int keyVersion(byte[] sealed) {
        return Envelope.keyVersion(sealed);
    }

    private static void requirePairedSurrogates(FieldContext context, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new IllegalArgumentException(context + " holds half of a surrogate pair");
                }
                i++;
            }
        }
    }
}
