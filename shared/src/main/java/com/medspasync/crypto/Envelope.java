package com.medspasync.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * The one code that seals and opens: fields, wrapped keys, and everything else that is stored encrypted.
 *
 * <pre>
 *   magic 1 | suite 1 | key version 4 | nonce 12 | ciphertext | tag 16          34 bytes over the plaintext, big-endian
 *   associated data = "medspasync" | magic | suite | key version | length-prefixed (practice, table, column, row)
 * </pre>
 *
 * Suite 1 is AES-256-GCM with a random 96-bit nonce. A key may seal at most 2^32 times (NIST SP 800-38D, section 8.3);
 * {@code docs/keys.md} shows why no key comes near it. Thread-safe.
 */
public final class Envelope {

    /** The first byte of everything sealed. */
    public static final byte MAGIC = 0x4D;

    /** AES-256-GCM with a random 96-bit nonce and a 128-bit tag. */
    public static final byte SUITE = 1;

    /** What sealing adds, in bytes. */
    public static final int OVERHEAD = 34;

    /** The longest plaintext, in bytes: the largest body the platform takes, and room for what surrounds it. */
    public static final int MAX_PLAINTEXT = 16 << 20;

    /** Length of a sealed key, in bytes. */
    static final int WRAPPED_KEY_LENGTH = OVERHEAD + Secret.LENGTH;

    private static final int HEADER_LENGTH = 6;
    /** Stands before an entry, where a field has the 16 bytes of its uuid, so that neither is ever taken for the other. */
    private static final String NOT_A_UUID = "";

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] PRODUCT = "medspasync".getBytes(StandardCharsets.US_ASCII);

    private final AesGcm aesGcm;

    /** @param random draws the nonces; thread-safe, as every SecureRandom of the JDK is */
    public Envelope(SecureRandom random) {
        this.aesGcm = new AesGcm(random);
    }

    /**
     * Seals {@code plaintext} for the place {@code context}.
     *
     * @throws IllegalArgumentException when it is longer than {@link #MAX_PLAINTEXT}
     */
    public byte[] seal(DataKey key, SealContext context, byte[] plaintext) {
        if (plaintext.length > MAX_PLAINTEXT) {
            throw new IllegalArgumentException(
                    "plaintext for " + context + " has " + plaintext.length + " bytes, more than " + MAX_PLAINTEXT);
        }
        byte[] out = new byte[OVERHEAD + plaintext.length];
        putHeader(out, 0, key.version());
        aesGcm.encrypt(key.secret(), associatedData(key.version(), context), plaintext, out, HEADER_LENGTH);
        return out;
    }

    /**
     * Opens what {@link #seal} gave for the same place.
     *
     * @throws TamperedCiphertext when {@code sealed} is anything else
     * @throws UnknownKeyVersion when {@code keys} has no key of its version, also after looking once more
     * @throws KeysUnavailable when the key cannot be had at present
     */
    public byte[] open(DataKeys keys, SealContext context, byte[] sealed) {
        int version = keyVersion(context, sealed);
        DataKey key = keys.version(version);
        try {
            return aesGcm.decrypt(key.secret(), associatedData(version, context), sealed, HEADER_LENGTH);
        } catch (AEADBadTagException e) {
            throw new TamperedCiphertext(context, "it does not verify under key version " + version, e);
        }
    }

    /** Seals a key under another. */
    byte[] wrap(DataKey key, SealContext context, Secret secret) {
        byte[] bytes = secret.bytes();
        try {
            return seal(key, context, bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** Opens what {@link #wrap} sealed; fails as {@link #open} does. */
    Secret unwrap(DataKeys keys, SealContext context, byte[] wrapped) {
        if (wrapped.length != WRAPPED_KEY_LENGTH) {
            throw new TamperedCiphertext(context, wrapped.length + " bytes are not a wrapped key");
        }
        return Secret.takeOver(open(keys, context, wrapped));
    }

    /** What {@link #wrap} sealed, sealed for the same place under another version of the same keys; fails as {@link #open} does. */
    byte[] rewrap(DataKeys keys, SealContext context, byte[] wrapped, int toVersion) {
        return wrap(keys.version(toVersion), context, unwrap(keys, context, wrapped));
    }

    /**
     * The version of the key that sealed {@code sealed}, not yet authenticated.
     *
     * @throws TamperedCiphertext when it is not in the format
     */
    public static int keyVersion(byte[] sealed) {
        return keyVersion(null, sealed);
    }

    private static int keyVersion(@Nullable SealContext context, byte[] sealed) {
        if (sealed.length < OVERHEAD) {
            throw new TamperedCiphertext(context, sealed.length + " bytes are fewer than the format has");
        }
        if (sealed.length > OVERHEAD + MAX_PLAINTEXT) {
            throw new TamperedCiphertext(context, sealed.length + " bytes are more than the format allows");
        }
        if (sealed[0] != MAGIC) {
            throw new TamperedCiphertext(context, "it does not begin with the magic byte");
        }
        if (sealed[1] != SUITE) {
            throw new TamperedCiphertext(context, "suite " + sealed[1] + " does not exist");
        }
        int version = (int) INT.get(sealed, 2);
        if (version < 1) {
            throw new TamperedCiphertext(context, "key version " + version + " does not exist");
        }
        return version;
    }

    private static byte[] associatedData(int version, SealContext context) {
        int rowSize = switch (context) {
            case FieldContext field -> LengthPrefixed.UUID_SIZE;
            case EntryContext entry -> LengthPrefixed.sizeOf(NOT_A_UUID) + LengthPrefixed.sizeOf(entry.entry());
        };
        byte[] out = new byte
                [PRODUCT.length
                        + HEADER_LENGTH
                        + LengthPrefixed.UUID_SIZE
                        + LengthPrefixed.sizeOf(context.table())
                        + LengthPrefixed.sizeOf(context.column())
                        + rowSize];
        System.arraycopy(PRODUCT, 0, out, 0, PRODUCT.length);
        putHeader(out, PRODUCT.length, version);
        int at = LengthPrefixed.put(
                out, PRODUCT.length + HEADER_LENGTH, context.practice().value());
        at = LengthPrefixed.put(out, at, context.table());
        at = LengthPrefixed.put(out, at, context.column());
        switch (context) {
            case FieldContext field -> LengthPrefixed.put(out, at, field.row());
            case EntryContext entry -> LengthPrefixed.put(out, LengthPrefixed.put(out, at, NOT_A_UUID), entry.entry());
        }
        return out;
    }

    private static void putHeader(byte[] out, int at, int version) {
        out[at] = MAGIC;
        out[at + 1] = SUITE;
        INT.set(out, at + 2, version);
    }
}
