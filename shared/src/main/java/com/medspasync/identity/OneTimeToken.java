package com.medspasync.identity;

import com.medspasync.crypto.Sha256;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A secret that lets one user in once: 32 random bytes, with the practice before them, because who redeems it is not logged in
 * and row-level security asks for the practice first. Stored is its SHA-256 alone; with 256 random bits there is nothing to guess
 * or to precompute, so it needs no salt and no slow hash.
 */
public final class OneTimeToken {

    private static final int PRACTICE_BYTES = 16;
    private static final int SECRET_BYTES = 32;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{64}");

    private final byte[] bytes;

    private OneTimeToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A new token for a user of {@code practice}. */
    public static OneTimeToken random(PracticeId practice, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        UUID id = practice.value();
        return new OneTimeToken(ByteBuffer.allocate(PRACTICE_BYTES + SECRET_BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .put(secret)
                .array());
    }

    /** Reads what {@link #reveal} gave; empty when it is no token at all. */
    public static Optional<OneTimeToken> parse(String text) {
        return SHAPE.matcher(text).matches()
                ? Optional.of(new OneTimeToken(Base64.getUrlDecoder().decode(text)))
                : Optional.empty();
    }

    /** The token itself, 64 characters that need no escaping in a link. For the user's eyes only. */
    public String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The practice it claims to be for; row-level security holds it to that. */
    PracticeId practice() {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        return new PracticeId(new UUID(read.getLong(), read.getLong()));
    }

    /** What is stored. */
    byte[] hash() {
        return Sha256.of(bytes);
    }

    @Override
    public String toString() {
        return "OneTimeToken[hidden]";
    }
}
