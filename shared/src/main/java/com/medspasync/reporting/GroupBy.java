package com.medspasync.reporting;

import java.time.LocalDate;

/** What days are added up to. */
public enum GroupBy {
    DAY("appointment_date"),
    /** As ISO 8601 has it: from Monday to Sunday. */
    WEEK("date_trunc('week', appointment_date::timestamp)::date"),
    MONTH("date_trunc('month', appointment_date::timestamp)::date");

    private final String firstDay;

    GroupBy(String firstDay) {
        this.firstDay = firstDay;
    }

    /** SQL for the first day of the one that holds {@code appointment_date}. */
    String firstDay() {
        return firstDay;
    }

    /** The last day of the one that begins with {@code first}. */
    LocalDate lastDay(LocalDate first) {
        return switch (this) {
            case DAY -> first;
            case WEEK -> first.plusDays(6);
            case MONTH -> first.plusMonths(1).minusDays(1);
        };
    }
}
