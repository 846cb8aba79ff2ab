package com.medspasync.functions.local.host;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** .NET's TimeSpan notation, {@code [d.]hh:mm:ss[.fffffff]}, in which host.json writes durations. */
final class TimeSpans {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,8})\\.)?([01]?\\d|2[0-3]):([0-5]?\\d):([0-5]?\\d)(?:\\.(\\d{1,7}))?");

    private TimeSpans() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a time span of the form [d.]hh:mm:ss: " + text);
        }
        return Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)))
                .plusSeconds(number(matcher.group(4)))
                .plusNanos(ticks(matcher.group(5)) * 100);
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** A tick is 100 ns, and the fraction's seven digits are ticks. */
    private static long ticks(@org.jspecify.annotations.Nullable String fraction) {
        return fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 7));
    }
}
