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

    /** One range, of numbers that a long can hold. */
    Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

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
            long last = Math.min(size, Long.parseLong(matcher.group(2)));
            return last == 0 ? new Unsatisfiable() : new Part(size - last, last);
        }
        long from = Long.parseLong(matcher.group(1));
        long to = matcher.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(matcher.group(2));
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
    }
}
