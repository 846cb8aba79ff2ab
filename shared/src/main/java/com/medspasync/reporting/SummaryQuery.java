package com.medspasync.reporting;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which days a summary is of, both ends included, in the practice's own time zone.
 *
 * @param from null for {@value #USUAL_DAYS} days that end with {@code to}
 * @param to null for {@value #USUAL_DAYS} days that begin with {@code from}; where neither is given they end today
 */
public record SummaryQuery(
        @Nullable LocalDate from, @Nullable LocalDate to, GroupBy groupBy) {

    /** Five years, with leap days. */
    public static final int MOST_DAYS = 1_830;

    static final int USUAL_DAYS = 30;

    /** So that what is counted from them stays within the years that dates have. */
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

    private static final LocalDate LAST = LocalDate.of(9998, 12, 31);

    public SummaryQuery {
        if (from != null && to != null && !isRange(from, to)) {
            throw new IllegalArgumentException("a summary is of 1 to " + MOST_DAYS + " days");
        }
    }

    /** Reads the parameters of a query, apart from those that the caller has read. */
    public static Parsed<SummaryQuery> read(Fields in) {
        LocalDate from = day(in, "from");
        LocalDate to = day(in, "to");
        GroupBy groupBy = in.choice("groupBy", GroupBy.class).or(GroupBy.DAY);
        if (from != null && to != null && !isRange(from, to)) {
            in.reject("to", "range", "must be from, or up to " + (MOST_DAYS - 1) + " days after it");
        }
        return in.finish(() -> new SummaryQuery(from, to, groupBy));
    }

    private static @Nullable LocalDate day(Fields in, String name) {
        return in.date(name)
                .check(day -> !day.isBefore(FIRST) && !day.isAfter(LAST), "range", "must lie in the years 1900 to 9998")
                .optional();
    }

    private static boolean isRange(LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        return days >= 1 && days <= MOST_DAYS;
    }
}
