package com.medspasync.reporting;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.reporting.AppointmentSummary.Averages;
import com.medspasync.reporting.AppointmentSummary.Period;
import com.medspasync.reporting.AppointmentSummary.Totals;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What practices' appointments add up to, as of the last {@link SummaryRefresh}. One round trip. Thread-safe.
 *
 * <p>A summary discloses nobody: it has numbers of days, of no client, service or staff member. So the audit keeps no row of it, whether it is
 * read or carried away as a file.
 */
public final class AppointmentSummaries {

    private static final Map<GroupBy, Sql> FIND = statements();

    private final PracticeDatabase database;

    public AppointmentSummaries(PracticeDatabase database) {
        this.database = database;
    }

    private static Map<GroupBy, Sql> statements() {
        Map<GroupBy, Sql> statements = new EnumMap<>(GroupBy.class);
        for (GroupBy groupBy : GroupBy.values()) {
            statements.put(groupBy, statement(groupBy.firstDay()));
        }
        return statements;
    }

    /** The last row is the total: it has no period. */
    private static Sql statement(String period) {
        return Sql.of("""
            with day_range as materialized (
              select p.time_zone, coalesce(:from::date, l.last_day - 29) as first_day, l.last_day
              from practices p
              cross join lateral (
                select coalesce(:to::date, :from::date + 29, (now() at time zone p.time_zone)::date) as last_day) l
              where p.id = :practice::uuid and p.deleted_at is null)
            select r.first_day, r.last_day, r.time_zone, s.as_of, t.*
            from day_range r
            cross join summary_state s
            cross join lateral (
              select %1$s as period,
                coalesce(sum(total_appointments), 0) as appointments,
                coalesce(sum(completed_appointments), 0) as completed,
                coalesce(sum(cancelled_appointments), 0) as cancelled,
                coalesce(sum(total_revenue), 0.00) as revenue,
                coalesce(sum(completed_revenue), 0.00) as completed_revenue,
                max(average_appointments_7_days) as appointments_7_days,
                max(average_appointments_28_days) as appointments_28_days,
                max(average_revenue_7_days) as revenue_7_days,
                max(average_revenue_28_days) as revenue_28_days
              from practice_appointment_summary
              where appointment_date between r.first_day and r.last_day
              group by grouping sets ((%1$s), ())) t
            order by t.period nulls last""".formatted(period));
    }

    /** The summary of the caller's practice; empty when there is no such practice. */
    public Optional<AppointmentSummary> find(Caller caller, SummaryQuery query) {
        Sql sql = Objects.requireNonNull(FIND.get(query.groupBy()));
        Query bound = sql.bind().date("from", query.from()).date("to", query.to());
        List<Line> lines = database.list(caller, bound, AppointmentSummaries::line);
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Line whole = lines.getLast();
        List<Period> periods = lines.stream()
                .filter(line -> line.period() != null)
                .map(line -> line.in(query.groupBy()))
                .toList();
        return Optional.of(
                new AppointmentSummary(whole.from(), whole.to(), whole.zone(), whole.asOf(), periods, whole.totals()));
    }

    /** @param period the first day of a day, week or month, which may lie before {@code from}; null in the line of the total */
    private record Line(
            LocalDate from,
            LocalDate to,
            ZoneId zone,
            Instant asOf,
            @Nullable LocalDate period,
            Totals totals,
            @Nullable Averages averages) {

        Period in(GroupBy groupBy) {
            LocalDate first = Objects.requireNonNull(period);
            LocalDate last = groupBy.lastDay(first);
            return new Period(
                    first.isBefore(from) ? from : first,
                    last.isAfter(to) ? to : last,
                    totals,
                    groupBy == GroupBy.DAY ? averages : null);
        }
    }

    private static Line line(Row row) {
        LocalDate period = row.dateOrNull("period");
        return new Line(
                row.date("first_day"),
                row.date("last_day"),
                ZoneId.of(row.text("time_zone")),
                row.instant("as_of"),
                period,
                new Totals(
                        row.bigint("appointments"),
                        row.bigint("completed"),
                        row.bigint("cancelled"),
                        row.numeric("revenue"),
                        row.numeric("completed_revenue")),
                period == null ? null : averages(row));
    }

    private static Averages averages(Row row) {
        return new Averages(
                row.numeric("appointments_7_days"),
                row.numeric("appointments_28_days"),
                row.numeric("revenue_7_days"),
                row.numeric("revenue_28_days"));
    }
}
