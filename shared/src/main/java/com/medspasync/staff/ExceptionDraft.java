package com.medspasync.staff;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.schedule.DayHours;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Days that are to have other hours; the components are those of {@link ScheduleException}. */
public record ExceptionDraft(
        @Nullable UUID staffId,
        LocalDate firstDay,
        LocalDate lastDay,
        DayHours hours,
        @Nullable String label) {

    /** The most days of one exception. */
    public static final int MOST_DAYS = 366;

    /** In Unicode code points. */
    public static final int MAX_LABEL = 100;

    static final String SPAN = "must be firstDay or up to " + (MOST_DAYS - 1) + " days after it";

    /** Reads one from the body of a request; without a last day it is one day. */
    public static Parsed<ExceptionDraft> read(Fields in) {
        UUID staffId = in.uuid("staffId").optional();
        Given<LocalDate> firstDay = in.date("firstDay").required();
        LocalDate lastDay = in.date("lastDay").optional();
        DayHours hours = DayHours.in(in, "hours").or(DayHours.NONE);
        String label = in.text("label", MAX_LABEL).optional();
        firstDay.ifValid(first -> {
            if (lastDay != null && !isSpan(first, lastDay)) {
                in.reject("lastDay", "range", SPAN);
            }
        });
        return in.finish(() -> new ExceptionDraft(
                staffId, firstDay.value(), lastDay == null ? firstDay.value() : lastDay, hours, label));
    }

    /** Whether an exception may reach from one day to the other. */
    static boolean isSpan(LocalDate first, LocalDate last) {
        long after = ChronoUnit.DAYS.between(first, last);
        return after >= 0 && after < MOST_DAYS;
    }
}
