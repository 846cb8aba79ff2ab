package com.medspasync.schedule;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a day by the clock on the wall: {@code [from, to)}.
 *
 * @param from in minutes since midnight, 0 to 1439
 * @param to in minutes since midnight, after {@code from}, up to 1440: the end of the day
 */
public record TimeRange(int from, int to) {

    private static final int DAY = 24 * 60;
    private static final int LENGTH = 5;
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])|24:00");

    public TimeRange {
        if (from < 0 || from >= to || to > DAY) {
            throw new IllegalArgumentException("no part of a day");
        }
    }

    /** Reads <code>{"from": "09:00", "to": "17:30"}</code>; {@code to} may be {@code 24:00}. */
    public static Parsed<TimeRange> read(Fields in) {
        Given<Integer> from = in.text("from", LENGTH).then(TimeRange::minutes).required();
        Given<Integer> to = in.text("to", LENGTH).then(TimeRange::minutes).required();
        from.ifValid(first -> to.ifValid(last -> {
            if (first >= last) {
                in.reject("to", "range", "must be after from");
            }
        }));
        return in.finish(() -> new TimeRange(from.value(), to.value()));
    }

    /**
     * When it begins on {@code day}, where clocks go by {@code rules}. A time that the clock shows twice is the later one; one that it skips is as much later as
     * the clock is put forward.
     */
    public Instant startsAt(LocalDate day, ZoneRules rules) {
        return at(day, rules, from);
    }

    /** When it ends; as {@link #startsAt}. */
    public Instant endsAt(LocalDate day, ZoneRules rules) {
        return at(day, rules, to);
    }

    /** The beginning as it is written: {@code 09:00}. */
    public String fromText() {
        return text(from);
    }

    /** The end as it is written: {@code 17:30}. */
    public String toText() {
        return text(to);
    }

    /** As {@code timestamp at time zone} of PostgreSQL has it, by which bookings are checked. */
    private static Instant at(LocalDate day, ZoneRules rules, int minutes) {
        LocalDateTime local = day.atStartOfDay().plusMinutes(minutes);
        ZoneOffsetTransition change = rules.getTransition(local);
        if (change == null) {
            return local.toInstant(rules.getOffset(local));
        }
        return local.toInstant(change.isGap() ? change.getOffsetBefore() : change.getOffsetAfter());
    }

    private static String text(int minutes) {
        return "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }

    private static Parsed<Integer> minutes(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            return Parsed.invalid("format", "must be a time of day such as 09:30, up to 24:00");
        }
        return Parsed.valid(
                time.group(1) == null ? DAY : Integer.parseInt(time.group(1)) * 60 + Integer.parseInt(time.group(2)));
    }
}
