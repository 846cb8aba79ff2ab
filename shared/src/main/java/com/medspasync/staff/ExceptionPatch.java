package com.medspasync.staff;

import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.schedule.DayHours;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of days with other hours; null keeps what cannot be empty. The components are those of {@link ScheduleException};
 * whose days they are stays.
 */
public record ExceptionPatch(
        @Nullable LocalDate firstDay,
        @Nullable LocalDate lastDay,
        @Nullable DayHours hours,
        Change<String> label) {

    /** Reads a merge patch. */
    public static Parsed<ExceptionPatch> read(Fields in) {
        LocalDate firstDay = in.date("firstDay").changeOnly().valueOrNull();
        LocalDate lastDay = in.date("lastDay").changeOnly().valueOrNull();
        DayHours hours = DayHours.in(in, "hours").changeOnly().valueOrNull();
        Change<String> label = in.text("label", ExceptionDraft.MAX_LABEL).change();
        if (firstDay != null && lastDay != null && !ExceptionDraft.isSpan(firstDay, lastDay)) {
            in.reject("lastDay", "range", ExceptionDraft.SPAN);
        }
        return in.finish(() -> new ExceptionPatch(firstDay, lastDay, hours, label));
    }
}
