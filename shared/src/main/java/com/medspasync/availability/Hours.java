package com.medspasync.availability;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.schedule.DayHours;
import com.medspasync.schedule.WeekHours;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hours of a practice or a staff member, day by day: those of an exception on its days, and else those of the week.
 *
 * @param week null where there is none
 * @param withoutWeek the hours of every day where there is no week
 */
record Hours(@Nullable WeekHours week, DayHours withoutWeek, List<OtherHours> exceptions) {

    Hours {
        exceptions = List.copyOf(exceptions);
    }

    /** Other hours than the week's, from {@code first} to {@code last}. */
    record OtherHours(LocalDate first, LocalDate last, DayHours hours) {

        private boolean holdsOn(LocalDate day) {
            return !day.isBefore(first) && !day.isAfter(last);
        }
    }

    /** Reads {@code week} and {@code exceptions} of what the statement composed. */
    static Hours of(String json, DayHours withoutWeek) {
        JsonNode composed = Composed.read(json);
        JsonNode week = composed.path("week");
        List<OtherHours> exceptions = new ArrayList<>();
        for (JsonNode exception : composed.path("exceptions")) {
            exceptions.add(new OtherHours(
                    LocalDate.parse(exception.path("first").asText()),
                    LocalDate.parse(exception.path("last").asText()),
                    DayHours.of(exception.path("hours"))));
        }
        return new Hours(week.isObject() ? WeekHours.of(week) : null, withoutWeek, exceptions);
    }

    /** Those of {@code day}. No two exceptions are for the same day. */
    DayHours on(LocalDate day) {
        for (OtherHours exception : exceptions) {
            if (exception.holdsOn(day)) {
                return exception.hours();
            }
        }
        return week == null ? withoutWeek : week.on(day.getDayOfWeek());
    }
}
