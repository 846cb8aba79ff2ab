package com.medspasync.identity;

import com.medspasync.crypto.Sha256;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What lets a user in once whose authenticator is lost: 16 characters of Crockford's base32, which has no letters that look like digits.
 *
 * <p>Stored is {@link #hash} alone. It is not a slow hash and has no salt: a code is 80 random bits, so whoever reads the table would have to try
 * some 10^24 of them for one user, and practice and user in the hash make each user's work a new one. {@link #toString} hides the code.
 */
public final class RecoveryCode {

    /** How many a user gets at once. */
    public static final int COUNT = 10;

    private static final int CHARACTERS = 16;
    private static final int BITS = 5;
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int MAX_LENGTH = 40;

    /** ASCII, so that changing the case cannot turn another script's letter into one of ours. */
    private static final Pattern SHAPE = Pattern.compile("(?:[ -]*[0-9A-TV-Za-tv-z]){16}[ -]*");

    private static final byte[] LABEL = "medspasync recovery code v1".getBytes(StandardCharsets.US_ASCII);

    private final String code;

    private RecoveryCode(String code) {
        this.code = code;
    }

    /** {@value #COUNT} new codes, each another. */
    public static List<RecoveryCode> ten(SecureRandom random) {
        return Stream.generate(() -> random(random))
                .distinct()
                .limit(COUNT)
                .map(RecoveryCode::new)
                .toList();
    }

    /** 32 characters are 5 bits each, all equally likely. */
    private static String random(SecureRandom random) {
        StringBuilder code = new StringBuilder(CHARACTERS);
        random.ints(CHARACTERS, 0, 1 << BITS).forEach(index -> code.append(ALPHABET.charAt(index)));
        return code.toString();
    }

    /** Reads what a person copied: case, spaces and dashes count for nothing, and O reads as 0, I and L as 1. */
    public static Parsed<RecoveryCode> parse(String text) {
        if (text.length() > MAX_LENGTH || !SHAPE.matcher(text).matches()) {
            return Parsed.invalid("format", "must be a recovery code such as 7XK2-9QMP-04TV-HB3N");
        }
        String normal = text.toUpperCase(Locale.ROOT)
                .replace(" ", "")
                .replace("-", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return Parsed.valid(new RecoveryCode(normal));
    }

    /** The code itself, in groups of four: {@code XXXX-XXXX-XXXX-XXXX}. For the user's eyes only, once. */
    public String reveal() {
        return String.join(
                "-", code.substring(0, 4), code.substring(4, 8), code.substring(8, 12), code.substring(12, 16));
    }

    /** What is stored for {@code user}: SHA-256, 32 bytes. All parts before the code have a fixed length. */
    byte[] hash(PracticeId practice, UUID user) {
        byte[] owner = ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(practice.value().getMostSignificantBits())
                .putLong(practice.value().getLeastSignificantBits())
                .putLong(user.getMostSignificantBits())
                .putLong(user.getLeastSignificantBits())
                .array();
        return Sha256.of(LABEL, owner, code.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return "RecoveryCode[hidden]";
    }
}
