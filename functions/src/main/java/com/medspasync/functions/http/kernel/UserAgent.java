package com.medspasync.functions.http.kernel;

import org.jspecify.annotations.Nullable;

/** The client's software, as it calls itself. */
final class UserAgent {

    private static final int MAX_LENGTH = 512;

    private UserAgent() {}

    /** Cut to 512 characters, without what a database or a log could stumble over; null when nothing is left. */
    static @Nullable String of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        String text = header.strip();
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) : text;
        return cut.chars().allMatch(UserAgent::isPlain)
                ? cut
                : cut.chars()
                        .map(c -> isPlain(c) ? c : '?')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isPlain(int c) {
        return c >= 0x20 && c < 0x7F;
    }
}
