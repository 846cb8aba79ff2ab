package com.medspasync.functions.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.medspasync.reporting.AppointmentSummary;
import com.medspasync.reporting.GroupBy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A summary as the contract has it. */
record SummaryBody(
        LocalDate from,
        LocalDate to,
        GroupBy groupBy,
        String timeZone,
        Instant asOf,
        List<Period> value,
        Totals total) {

    static SummaryBody of(AppointmentSummary summary, GroupBy groupBy) {
        return new SummaryBody(
                summary.from(),
                summary.to(),
                groupBy,
                summary.timeZone().getId(),
                summary.asOf(),
                summary.periods().stream().map(Period::of).toList(),
                Totals.of(summary.total()));
    }

    record Period(
            LocalDate from,
            LocalDate to,
            @JsonUnwrapped Totals totals,
            @JsonUnwrapped @Nullable Averages averages) {

        static Period of(AppointmentSummary.Period period) {
            AppointmentSummary.Averages averages = period.averages();
            return new Period(
                    period.from(),
                    period.to(),
                    Totals.of(period.totals()),
                    averages == null ? null : Averages.of(averages));
        }
    }

    record Totals(
            long totalAppointments,
            long completedAppointments,
            long cancelledAppointments,
            BigDecimal totalRevenue,
            BigDecimal completedRevenue,
            @Nullable BigDecimal completionRate,
            @Nullable BigDecimal cancellationRate) {

        static Totals of(AppointmentSummary.Totals totals) {
            return new Totals(
                    totals.appointments(),
                    totals.completed(),
                    totals.cancelled(),
                    totals.revenue(),
                    totals.completedRevenue(),
                    totals.completionRate(),
                    totals.cancellationRate());
        }
    }

    record Averages(
            BigDecimal averageAppointments7Days,
            BigDecimal averageAppointments28Days,
            BigDecimal averageRevenue7Days,
            BigDecimal averageRevenue28Days) {

        static Averages of(AppointmentSummary.Averages averages) {
            return new Averages(
                    averages.appointments7Days(),
                    averages.appointments28Days(),
                    averages.revenue7Days(),
                    averages.revenue28Days());
        }
    }
}
