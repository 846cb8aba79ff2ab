package com.medspasync.identity;

import com.medspasync.input.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** The six digits that an authenticator app shows. {@link #toString} hides them: for half a minute they let somebody in. */
public final class TotpCode {

    /** 10 to the number of digits. */
    private static final int BOUND = 1_000_000;

    /** ASCII digits alone, and no more spaces than a person types. */
    private static final Pattern SHAPE = Pattern.compile("(?: *[0-9]){6} *");

    private static final int MAX_LENGTH = 20;

    private final byte[] digits;

    private TotpCode(String digits) {
        this.digits = digits.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads what a person typed; spaces count for nothing, as apps show {@code 123 456}. */
    public static Parsed<TotpCode> parse(String text) {
        return text.length() <= MAX_LENGTH && SHAPE.matcher(text).matches()
                ? Parsed.valid(new TotpCode(text.replace(" ", "")))
                : Parsed.invalid("format", "must be the 6 digits that the authenticator app shows");
    }

    /** The last six decimal digits of {@code number}, which is not negative. */
    static TotpCode lastDigitsOf(int number) {
        return new TotpCode("%06d".formatted(number % BOUND));
    }

    /** Compares in a time that does not depend on where the codes differ. */
    boolean matches(TotpCode other) {
        return MessageDigest.isEqual(digits, other.digits);
    }

    @Override
    public String toString() {
        return "TotpCode[hidden]";
    }
}
