package com.medspasync.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Names and identifiers as bytes: each behind its length in 4 bytes, big-endian, so that different lists never give the same bytes.
 * Text is ASCII, a byte a character. The {@code put}s return the position behind what they wrote: plain arrays and
 * positions, because this runs for every field and is most of what sealing adds to AES-GCM.
 */
final class LengthPrefixed {

    /** What a uuid takes up: its length and its 16 bytes. */
    static final int UUID_SIZE = Integer.BYTES + 2 * Long.BYTES;

    private static final char LAST_ASCII = 0x7F;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private LengthPrefixed() {}

    static int sizeOf(String text) {
        return Integer.BYTES + text.length();
    }

    static int put(byte[] out, int at, UUID id) {
        INT.set(out, at, 2 * Long.BYTES);
        LONG.set(out, at + Integer.BYTES, id.getMostSignificantBits());
        LONG.set(out, at + Integer.BYTES + Long.BYTES, id.getLeastSignificantBits());
        return at + UUID_SIZE;
    }

    /** Fails with an IllegalArgumentException when {@code text} is not ASCII. */
    static int put(byte[] out, int at, String text) {
        int length = text.length();
        INT.set(out, at, length);
        int start = at + Integer.BYTES;
        for (int i = 0; i < length; i++) {
            char character = text.charAt(i);
            if (character > LAST_ASCII) {
                throw new IllegalArgumentException("names and entries are ASCII");
            }
            out[start + i] = (byte) character;
        }
        return start + length;
    }

    static byte[] of(String first, String... others) {
        int size = sizeOf(first);
        for (String other : others) {
            size += sizeOf(other);
        }
        byte[] out = new byte[size];
        int at = put(out, 0, first);
        for (String other : others) {
            at = put(out, at, other);
        }
        return out;
    }
}
