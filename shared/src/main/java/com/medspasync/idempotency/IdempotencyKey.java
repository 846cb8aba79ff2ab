package com.medspasync.idempotency;

import com.medspasync.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What a client names a request with, so that it can repeat it (draft-ietf-httpapi-idempotency-key-header), and what the request
 * was.
 *
 * <p>The request's digest is only ever stored encrypted: it covers short secrets such as a Social Security number, which whoever
 * knows the rest of the request would find by trying.
 */
public final class IdempotencyKey {

    /** In characters. */
    public static final int MAX_LENGTH = 255;

    static final int DIGEST_LENGTH = 32;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7e&&[^,]]{1," + MAX_LENGTH + "}");

    private final String value;
    private final byte[] digest;

    private IdempotencyKey(String value, byte[] digest) {
        this.value = value;
        this.digest = digest;
    }

    /**
     * Whether {@code value} can be a key: 1 to {@link #MAX_LENGTH} printable ASCII characters without spaces and commas. A comma is what
     * the platform joins repeated headers with, and two keys are none.
     */
    public static boolean isValid(String value) {
        return PRINTABLE.matcher(value).matches();
    }

    /**
     * Names a request.
     *
     * @param value as the client sent it
     * @param operation what is asked for, such as {@code POST /clients}: the same key does not join two operations
     * @param body the request's body as it came
     * @throws IllegalArgumentException unless {@link #isValid}
     */
    public static IdempotencyKey of(String value, String operation, String body) {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an idempotency key");
        }
        MessageDigest sha256 = Sha256.begin();
        sha256.update(operation.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
        sha256.update(body.getBytes(StandardCharsets.UTF_8));
        return new IdempotencyKey(value, sha256.digest());
    }

    String value() {
        return value;
    }

    /** What stands for the key where it may be logged. */
    byte[] name() {
        return Sha256.begin().digest(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The request's digest, and {@code answer} after it. */
    byte[] before(byte[] answer) {
        byte[] record = Arrays.copyOf(digest, DIGEST_LENGTH + answer.length);
        System.arraycopy(answer, 0, record, DIGEST_LENGTH, answer.length);
        return record;
    }

    /** Whether {@code record} begins with this request's digest. */
    boolean begins(byte[] record) {
        return record.length >= DIGEST_LENGTH && MessageDigest.isEqual(digest, Arrays.copyOf(record, DIGEST_LENGTH));
    }
}
