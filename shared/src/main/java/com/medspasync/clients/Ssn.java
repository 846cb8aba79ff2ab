package com.medspasync.clients;

import com.medspasync.input.Parsed;
import java.util.regex.Pattern;

/**
 * A US Social Security number that could have been issued: nine digits, the area neither 000 nor 666 nor from 900 on, group and
 * serial not zero (Social Security Administration, POMS RM 10201.035).
 */
public record Ssn(String digits) {

    private static final Pattern ISSUED = Pattern.compile("(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}");
    private static final Pattern WRITTEN = Pattern.compile("[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{9}");

    /** @throws IllegalArgumentException when {@code digits} is none; the message does not repeat it */
    public Ssn {
        if (!ISSUED.matcher(digits).matches()) {
            throw new IllegalArgumentException("not a Social Security number");
        }
    }

    /** Reads {@code 123-45-6789} and {@code 123456789}. */
    public static Parsed<Ssn> parse(String text) {
        String digits = text.replace("-", "");
        return WRITTEN.matcher(text).matches() && ISSUED.matcher(digits).matches()
                ? Parsed.valid(new Ssn(digits))
                : Parsed.invalid("format", "must be a Social Security number such as 123-45-6789");
    }

    /** As it is written: {@code 123-45-6789}. */
    public String formatted() {
        return digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
    }

    /** Hides the number. */
    @Override
    public String toString() {
        return "Ssn[hidden]";
    }
}
