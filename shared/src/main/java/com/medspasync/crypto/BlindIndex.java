package com.medspasync.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The blind index of a column: what is stored beside a ciphertext so that it can be found by its value.
 *
 * <p>How it works. The value is brought to one form for all spellings that count as the same, and HMAC-SHA-256 (RFC 2104, FIPS
 * 198-1) is taken of it under a key of the practice and the column. Who has the database and not the key can neither compute it nor
 * try values, but sees which rows have equal ones. Whole, it identifies the value: that is for columns whose values are unique,
 * where it tells nothing but that they are. Truncated to some bits it stands for many values, so that equal indexes say little; who
 * searches decrypts the rows found and keeps those that are meant. {@link BlindIndexPlan} says how many bits that takes. The scheme
 * is CipherSweet's (https://ciphersweet.paragonie.com).
 *
 * @param table the table's name, which the key is derived for
 * @param column the index's name within the table, which the key is derived for
 * @param normalisation the version, 0 to 255, of the rules that bring values to one form. It is part of what is digested: indexes
 *     by different rules never meet. To change the rules is to rotate the practice's key.
 * @param truncated whether only the key's {@linkplain IndexKey#bits() bits} are kept
 */
public record BlindIndex(String table, String column, int normalisation, boolean truncated) {

    /** Those of a whole index. */
    public static final int MOST_BITS = 256;

    public BlindIndex {
        if (normalisation < 0 || normalisation > 255) {
            throw new IllegalArgumentException("a normalisation's version is a byte, not " + normalisation);
        }
    }

    /**
     * The index of a value: 32 bytes, or as many as the key's bits fill when truncated, of which the bits beyond are zero.
     *
     * @param key of this table and column
     * @param normalised the value in its one form
     */
    public byte[] of(IndexKey key, String normalised) {
        byte[] text = normalised.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[1 + text.length];
        message[0] = (byte) normalisation;
        System.arraycopy(text, 0, message, 1, text.length);
        byte[] whole = Hkdf.hmac(key.secret().key(), message);
        return truncated ? top(whole, key.bits()) : whole;
    }

    private static byte[] top(byte[] whole, int bits) {
        byte[] kept = Arrays.copyOf(whole, (bits + 7) / 8);
        kept[kept.length - 1] &= (byte) (0xFF << (kept.length * 8 - bits));
        return kept;
    }
}
