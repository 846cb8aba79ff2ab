package com.medspasync.maskedcopy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;

/**
 * Moves everything of one client back by the same number of weeks: what lies between two of its dates, and the day of the week, stay.
 *
 * @param weeks how many, at least 1
 */
record DateShift(int weeks) {

    /** From here on an age identifies a person, together with the year of birth that tells it (45 CFR 164.514(b)(2)(i)(C)). */
    private static final int TELLING_AGE = 90;

    DateShift {
        if (weeks < 1) {
            throw new IllegalArgumentException("a shift of no week hides nothing");
        }
    }

    /** Moves an instant, and cuts it to the minute: its microseconds would be found again in any log. */
    Instant of(Instant real) {
        return real.truncatedTo(ChronoUnit.MINUTES).minus(Duration.ofDays(7L * weeks));
    }

    /** Moves a date of birth; of who would then be 90 or older on {@code today}, to the same day of the year at 89. */
    LocalDate birth(LocalDate real, LocalDate today) {
        LocalDate moved = real.minusWeeks(weeks);
        int age = Period.between(moved, today).getYears();
        return age < TELLING_AGE ? moved : moved.plusYears(age - TELLING_AGE + 1L);
    }
}
