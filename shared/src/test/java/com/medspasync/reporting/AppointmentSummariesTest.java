package com.medspasync.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.WireCounter;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.reporting.AppointmentSummary.Averages;
import com.medspasync.reporting.AppointmentSummary.Period;
import com.medspasync.reporting.AppointmentSummary.Totals;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AppointmentSummariesTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final Spa GLOW = Spa.in(DATABASE, "America/Los_Angeles");
    private static final Spa OTHER = Spa.in(DATABASE, "UTC");
    private static Instant before = Instant.EPOCH;

    private final AppointmentSummaries summaries = new AppointmentSummaries(
            DATABASE.open(WIRE.settings(EmbeddedDatabase.APP).withPoolSize(1)));

    @BeforeAll
    static void book() throws SQLException {
        try (Connection app = GLOW.connect();
                Connection other = OTHER.connect()) {
            // Sunday evening, the Monday after, the Tuesday of another week, and the next month.
            UUID done = GLOW.book(app, "2026-03-09T05:00:00Z", "100.50");
            GLOW.change(app, done, "status = 'COMPLETED'");
            GLOW.book(app, "2026-03-09T17:00:00Z", "20");
            UUID cancelled = GLOW.book(app, "2026-03-09T18:00:00Z", "7");
            GLOW.change(app, cancelled, "status = 'CANCELLED'");
            GLOW.book(app, "2026-03-17T17:00:00Z", "30");
            GLOW.book(app, "2026-04-01T17:00:00Z", "40");
            OTHER.book(other, "2026-03-09T17:00:00Z", "9999");
            before = Instant.parse(Spa.rows(app, "select replace((now() at time zone 'UTC')::text, ' ', 'T') || 'Z'")
                    .getFirst());
        }
        new SummaryRefresh(DATABASE.open(EmbeddedDatabase.MAINTENANCE), UUID::randomUUID, Clock.systemUTC()).run();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void find_byDay_hasTheViewsNumbersAndATotal() {
        AppointmentSummary found = find("2026-03-08", "2026-03-17", GroupBy.DAY);

        assertThat(found.periods())
                .containsExactly(
                        new Period(
                                day("2026-03-08"),
                                day("2026-03-08"),
                                totals(1, 1, 0, "100.50", "100.50"),
                                averages("0.14", "0.04", "14.36", "3.59")),
                        new Period(
                                day("2026-03-09"),
                                day("2026-03-09"),
                                totals(2, 0, 1, "20.00", "0.00"),
                                averages("0.43", "0.11", "17.21", "4.30")),
                        new Period(
                                day("2026-03-17"),
                                day("2026-03-17"),
                                totals(1, 0, 0, "30.00", "0.00"),
                                averages("0.14", "0.14", "4.29", "5.38")));
        assertThat(found.total()).isEqualTo(totals(4, 1, 1, "150.50", "100.50"));
        assertThat(found.total().completionRate()).isEqualTo("0.2500");
        assertThat(found.periods().get(1).totals().cancellationRate()).isEqualTo("0.5000");
        assertThat(found.timeZone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
        assertThat(found.asOf()).isAfterOrEqualTo(before).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void find_byWeek_beginsOnMondaysAndIsCutToTheRange() {
        assertThat(find("2026-03-08", "2026-03-17", GroupBy.WEEK).periods())
                .containsExactly(
                        new Period(day("2026-03-08"), day("2026-03-08"), totals(1, 1, 0, "100.50", "100.50"), null),
                        new Period(day("2026-03-09"), day("2026-03-15"), totals(2, 0, 1, "20.00", "0.00"), null),
                        new Period(day("2026-03-16"), day("2026-03-17"), totals(1, 0, 0, "30.00", "0.00"), null));
    }

    @Test
    void find_byMonth_addsUpMonths() {
        assertThat(find("2026-01-01", "2026-12-31", GroupBy.MONTH).periods())
                .containsExactly(
                        new Period(day("2026-03-01"), day("2026-03-31"), totals(4, 1, 1, "150.50", "100.50"), null),
                        new Period(day("2026-04-01"), day("2026-04-30"), totals(1, 0, 0, "40.00", "0.00"), null));
    }

    @Test
    void find_whereThereIsNothing_hasATotalOfNothing() {
        AppointmentSummary found = find("2020-01-01", "2020-01-31", GroupBy.DAY);

        assertThat(found.periods()).isEmpty();
        assertThat(found.total()).isEqualTo(totals(0, 0, 0, "0.00", "0.00"));
        assertThat(found.total().completionRate()).isNull();
    }

    @Test
    void find_withoutDays_isOfThirty() {
        AppointmentSummary last = find(null, null, GroupBy.DAY);
        assertThat(last.to()).isEqualTo(LocalDate.now(ZoneId.of("America/Los_Angeles")));
        assertThat(last.from()).isEqualTo(last.to().minusDays(29));
        assertThat(find("2026-03-01", null, GroupBy.DAY).to()).isEqualTo("2026-03-30");
        assertThat(find(null, "2026-03-30", GroupBy.DAY).from()).isEqualTo("2026-03-01");
    }

    @Test
    void find_ofAnotherPractice_hasItsOwnNumbersAlone() {
        assertThat(summaries
                        .find(OTHER.caller(), new SummaryQuery(day("2026-01-01"), day("2026-12-31"), GroupBy.MONTH))
                        .orElseThrow()
                        .total())
                .isEqualTo(totals(1, 0, 0, "9999.00", "0.00"));
    }

    @Test
    void find_takesOneRoundTrip() {
        find(null, null, GroupBy.DAY);
        for (GroupBy groupBy : GroupBy.values()) {
            for (int i = 0; i < 12; i++) {
                String from = i % 2 == 0 ? null : "2026-03-01";
                WireCounter.Trips trips = WIRE.during(() -> find(from, null, groupBy));
                assertThat(trips.count()).isEqualTo(1);
                assertThat(trips.requests()).isEqualTo(1);
            }
        }
    }

    @Test
    void query_ofTooManyDaysOrNone_isRefused() {
        assertThat(violations(Map.of("from", "2020-01-01", "to", "2025-01-03"))).isEqualTo("[]");
        assertThat(violations(Map.of("from", "2020-01-01", "to", "2025-01-04"))).isEqualTo("[to range]");
        assertThat(violations(Map.of("from", "2020-01-02", "to", "2020-01-01"))).isEqualTo("[to range]");
        assertThat(violations(Map.of("from", "1899-12-31", "groupBy", "day", "by", "x")))
                .isEqualTo("[from range, groupBy choice, by unknown]");
    }

    private static String violations(Map<String, String> parameters) {
        return switch (SummaryQuery.read(Fields.ofParameters(parameters))) {
            case Parsed.Valid<SummaryQuery> valid -> "[]";
            case Parsed.Invalid<SummaryQuery> invalid ->
                invalid.violations().stream()
                        .map(AppointmentSummariesTest::text)
                        .toList()
                        .toString();
        };
    }

    private static String text(Violation violation) {
        return violation.field() + " " + violation.code();
    }

    private AppointmentSummary find(@Nullable String from, @Nullable String to, GroupBy groupBy) {
        return summaries
                .find(
                        GLOW.caller(),
                        new SummaryQuery(from == null ? null : day(from), to == null ? null : day(to), groupBy))
                .orElseThrow();
    }

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Totals totals(
            long appointments, long completed, long cancelled, String revenue, String completedRevenue) {
        return new Totals(
                appointments, completed, cancelled, new BigDecimal(revenue), new BigDecimal(completedRevenue));
    }

    private static Averages averages(String week, String month, String revenueOfWeek, String revenueOfMonth) {
        return new Averages(
                new BigDecimal(week),
                new BigDecimal(month),
                new BigDecimal(revenueOfWeek),
                new BigDecimal(revenueOfMonth));
    }
}
