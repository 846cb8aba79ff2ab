package com.medspasync.identity;

import com.medspasync.crypto.Sha256;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What keeps a session going: the practice and the session, 32 random bytes that all tokens of the session share, and 32 that are new with
 * each. Of the two secrets the SHA-256 is stored. Who brings the first of them with a second that is not the current one holds a
 * token that was used before; who does not know the first is guessing. So used tokens need not be remembered to be told.
 */
public final class RefreshToken {

    private static final int IDS = 32;
    private static final int SECRET = 32;
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{128}");

    private final byte[] bytes;

    private RefreshToken(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The first of a new session. */
    static RefreshToken first(PracticeId practice, UUID session, SecureRandom random) {
        byte[] family = new byte[SECRET];
        random.nextBytes(family);
        return new RefreshToken(ByteBuffer.allocate(IDS + 2 * SECRET)
                        .putLong(practice.value().getMostSignificantBits())
                        .putLong(practice.value().getLeastSignificantBits())
                        .putLong(session.getMostSignificantBits())
                        .putLong(session.getLeastSignificantBits())
                        .put(family)
                        .array())
                .next(random);
    }

    /** The one that takes this one's place. */
    RefreshToken next(SecureRandom random) {
        byte[] current = new byte[SECRET];
        random.nextBytes(current);
        byte[] next = bytes.clone();
        System.arraycopy(current, 0, next, IDS + SECRET, SECRET);
        return new RefreshToken(next);
    }

    /** Reads what {@link #reveal} gave; empty when it is no token at all. */
    public static Optional<RefreshToken> parse(String text) {
        return SHAPE.matcher(text).matches()
                ? Optional.of(new RefreshToken(Base64.getUrlDecoder().decode(text)))
                : Optional.empty();
    }

    /** The token itself, 128 characters that a cookie may have. For the user's browser only. */
    public String reveal() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The practice it claims to be for; row-level security holds it to that. */
    PracticeId practice() {
        return new PracticeId(id(0));
    }

    UUID session() {
        return id(16);
    }

    byte[] familyHash() {
        return sha256(IDS);
    }

    byte[] currentHash() {
        return sha256(IDS + SECRET);
    }

    private UUID id(int at) {
        ByteBuffer read = ByteBuffer.wrap(bytes, at, 16);
        return new UUID(read.getLong(), read.getLong());
    }

    private byte[] sha256(int from) {
        return Sha256.of(Arrays.copyOfRange(bytes, from, from + SECRET));
    }

    @Override
    public String toString() {
        return "RefreshToken[hidden]";
    }
}
