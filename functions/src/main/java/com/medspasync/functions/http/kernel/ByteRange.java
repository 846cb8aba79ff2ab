package com.medspasync.functions.http.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request wants of a file: the header {@code Range} (RFC 9110, section 14.2) with one range of bytes. */
public sealed interface ByteRange {

    /** All of it: nothing else is asked for, or what the standard lets a server ignore. */
    record Whole() implements ByteRange {}

    /**
     * A part.
     *
     * @param from the first byte, from 0
     * @param length how many, at least 1
     */
    record Part(long from, long length) implements ByteRange {}

    /** Nothing that the file has. */
    record Unsatisfiable() implements ByteRange {}

    /** One range. Units are told apart without regard to case (RFC 9110, section 14.1). */
    Pattern ONE = Pattern.compile("(?i:bytes)=([0-9]{0,100})-([0-9]{0,100})");

    /**
     * Reads the header.
     *
     * @param size of the file, in bytes
     */
    static ByteRange of(@Nullable String header, long size) {
        Matcher matcher = ONE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Whole();
        }
        if (matcher.group(1).isEmpty()) {
            long last = Math.min(size, number(matcher.group(2)));
            return last == 0 ? new Unsatisfiable() : new Part(size - last, last);
        }
        long from = number(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? Long.MAX_VALUE : number(matcher.group(2));
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
    }

    /** What is more than a long can hold is more than any file has. */
    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
