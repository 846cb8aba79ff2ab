package com.medspasync.functions.local.host;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A schedule as the timer trigger writes it: {@code second minute hour day month day-of-week}, each a list of {@code *}, numbers, names, ranges and
 * steps. Unlike cron, a day must fit both its day fields. Times are UTC, as on Flex Consumption.
 *
 * @see <a href="https://github.com/atifaziz/NCrontab/wiki/Crontab-Expression">the NCrontab expression</a>
 */
final class Ncrontab {

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    /** Longer than any leap day is away. */
    private static final int YEARS_AHEAD = 9;

    private final String text;
    private final BitSet seconds;
    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet days;
    private final BitSet months;
    private final BitSet weekdays;

    private Ncrontab(String text, String[] fields) {
        this.text = text;
        seconds = field(fields[0], 0, 59, List.of());
        minutes = field(fields[1], 0, 59, List.of());
        hours = field(fields[2], 0, 23, List.of());
        days = field(fields[3], 1, 31, List.of());
        months = field(fields[4], 1, 12, MONTHS);
        weekdays = field(fields[5], 0, 6, DAYS);
    }

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if {@code text} is no schedule of six fields
     */
    static Ncrontab parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != 6) {
            throw new IllegalArgumentException("A schedule has six fields: " + text);
        }
        return new Ncrontab(text.strip(), fields);
    }

    /** The first moment after {@code moment}; empty for a day that no year has, such as 30 February. */
    Optional<LocalDateTime> after(LocalDateTime moment) {
        LocalDateTime start = moment.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        LocalDate last = start.toLocalDate().plusYears(YEARS_AHEAD);
        for (LocalDate day = start.toLocalDate(); day.isBefore(last); day = day.plusDays(1)) {
            if (fits(day)) {
                LocalDateTime from = day.equals(start.toLocalDate()) ? start : day.atStartOfDay();
                Optional<LocalDateTime> time = within(from);
                if (time.isPresent()) {
                    return time;
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    private boolean fits(LocalDate day) {
        return months.get(day.getMonthValue())
                && days.get(day.getDayOfMonth())
                && weekdays.get(day.getDayOfWeek().getValue() % 7);
    }

    /** The first fitting time of day at or after {@code from}, on the same day. */
    private Optional<LocalDateTime> within(LocalDateTime from) {
        LocalDateTime midnight = from.toLocalDate().atStartOfDay();
        for (int hour = hours.nextSetBit(from.getHour()); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            boolean sameHour = hour == from.getHour();
            for (int minute = minutes.nextSetBit(sameHour ? from.getMinute() : 0);
                    minute >= 0;
                    minute = minutes.nextSetBit(minute + 1)) {
                boolean sameMinute = sameHour && minute == from.getMinute();
                int second = seconds.nextSetBit(sameMinute ? from.getSecond() : 0);
                if (second >= 0) {
                    return Optional.of(
                            midnight.withHour(hour).withMinute(minute).withSecond(second));
                }
            }
        }
        return Optional.empty();
    }

    private static BitSet field(String field, int least, int most, List<String> names) {
        BitSet values = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", -1);
            if (step.length > 2) {
                throw new IllegalArgumentException("Not a schedule's field: " + field);
            }
            String[] range = step[0].equals("*") ? new String[] {"" + least, "" + most} : step[0].split("-", -1);
            int from = value(range[0], least, most, names);
            int to = range.length == 1 ? (step.length == 2 ? most : from) : value(range[1], least, most, names);
            int by = step.length == 2 ? value(step[1], 1, most, List.of()) : 1;
            if (range.length > 2 || from > to) {
                throw new IllegalArgumentException("Not a schedule's range: " + field);
            }
            for (int value = from; value <= to; value += by) {
                values.set(value);
            }
        }
        return values;
    }

    private static int value(String text, int least, int most, List<String> names) {
        int named = text.length() < 3 ? -1 : names.indexOf(text.substring(0, 3).toLowerCase(Locale.ROOT));
        if (named >= 0) {
            return named + least;
        }
        if (text.matches("\\d{1,2}")) {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new IllegalArgumentException("Not from " + least + " to " + most + ": " + text);
    }
}
