package com.medspasync.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes bytes that are nearly what a decoder takes, so that its later checks are reached too. */
final class Mutation {

    private static final int LONGEST_NOISE = 200;

    private final Random random;

    Mutation(Random random) {
        this.random = random;
    }

    /** One of {@code genuine} as it is or altered in one way or two, or noise. */
    byte[] of(List<byte[]> genuine) {
        byte[] bytes = any(genuine).clone();
        for (int changes = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2); changes > 0; changes--) {
            bytes = changed(bytes, genuine);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, List<byte[]> genuine) {
        return switch (random.nextInt(8)) {
            case 0 -> noise(random.nextInt(LONGEST_NOISE));
            case 1 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 2 -> Examples.joined(bytes, noise(1 + random.nextInt(80)));
            case 3 -> spliced(bytes, any(genuine));
            case 4 -> withVersion(bytes, 2);
            case 5 -> withVersion(bytes, 0);
            case 6 -> withByte(bytes);
            default -> withBitFlipped(bytes);
        };
    }

    private byte[] withBitFlipped(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] withByte(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** A small version mostly, which may exist, at {@code position}: behind magic and suite, or at the start of a list's entry. */
    private byte[] withVersion(byte[] bytes, int position) {
        if (bytes.length >= position + Integer.BYTES) {
            ByteBuffer.wrap(bytes).putInt(position, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(5) - 1);
        }
        return bytes;
    }

    /** The head of one and the tail of another, which begins where the head ends. */
    private byte[] spliced(byte[] head, byte[] tail) {
        int at = random.nextInt(Math.min(head.length, tail.length) + 1);
        return Examples.joined(Arrays.copyOf(head, at), Arrays.copyOfRange(tail, at, tail.length));
    }

    private byte[] any(List<byte[]> genuine) {
        return genuine.get(random.nextInt(genuine.size()));
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
