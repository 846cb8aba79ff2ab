package com.medspasync.reporting;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a practice's appointments from one day to another add up to.
 *
 * @param from the first day
 * @param to the last day
 * @param timeZone in which they are days
 * @param asOf every change that was made by then is counted
 * @param periods by time; those without appointments are left out
 * @param total of all of them
 */
public record AppointmentSummary(
        LocalDate from, LocalDate to, ZoneId timeZone, Instant asOf, List<Period> periods, Totals total) {

    public AppointmentSummary {
        periods = List.copyOf(periods);
    }

    /**
     * A day, or what of a week or month lies within the summary.
     *
     * @param averages null but for days
     */
    public record Period(
            LocalDate from,
            LocalDate to,
            Totals totals,
            @Nullable Averages averages) {}

    /**
     * Appointments that are not deleted.
     *
     * @param revenue what those cost that are not cancelled, whether or not they are paid
     * @param completedRevenue what those cost that are completed
     */
    public record Totals(
            long appointments, long completed, long cancelled, BigDecimal revenue, BigDecimal completedRevenue) {

        /** The part of the appointments that is completed, to four decimals; null where there are none. */
        public @Nullable BigDecimal completionRate() {
            return rate(completed);
        }

        /** The part of the appointments that is cancelled, to four decimals; null where there are none. */
        public @Nullable BigDecimal cancellationRate() {
            return rate(cancelled);
        }

        private @Nullable BigDecimal rate(long part) {
            return appointments == 0
                    ? null
                    : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(appointments), 4, RoundingMode.HALF_UP);
        }
    }

    /** For each of the last 7 and 28 days up to a day, itself included, whether or not the practice was open; to two decimals. */
    public record Averages(
            BigDecimal appointments7Days,
            BigDecimal appointments28Days,
            BigDecimal revenue7Days,
            BigDecimal revenue28Days) {}
}
