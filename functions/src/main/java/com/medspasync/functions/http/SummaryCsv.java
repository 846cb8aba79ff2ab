package com.medspasync.functions.http;

import com.medspasync.reporting.GroupBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * A summary as a table (RFC 4180): a line for each period under a line of names, which are those of the JSON. The total is left out, so that a column
 * adds up to it. Every value is a number, a date, a time or the name of a time zone: none can begin a formula.
 */
final class SummaryCsv {

    static final String MEDIA_TYPE = "text/csv; charset=utf-8; header=present";

    private static final List<String> TOTALS = List.of(
            "from",
            "to",
            "totalAppointments",
            "completedAppointments",
            "cancelledAppointments",
            "totalRevenue",
            "completedRevenue",
            "completionRate",
            "cancellationRate");

    private static final List<String> AVERAGES = List.of(
            "averageAppointments7Days", "averageAppointments28Days", "averageRevenue7Days", "averageRevenue28Days");

    private static final List<String> ORIGIN = List.of("timeZone", "asOf");

    private SummaryCsv() {}

    static String of(SummaryBody summary) {
        StringBuilder text = new StringBuilder();
        try (CSVPrinter table = new CSVPrinter(text, CSVFormat.RFC4180)) {
            List<Object> names = new ArrayList<>(TOTALS);
            if (summary.groupBy() == GroupBy.DAY) {
                names.addAll(AVERAGES);
            }
            names.addAll(ORIGIN);
            table.printRecord(names);
            for (SummaryBody.Period period : summary.value()) {
                table.printRecord(line(summary, period));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory was not written", e);
        }
        return text.toString();
    }

    private static List<@Nullable Object> line(SummaryBody summary, SummaryBody.Period period) {
        SummaryBody.Totals totals = period.totals();
        List<@Nullable Object> line = new ArrayList<>();
        line.add(period.from());
        line.add(period.to());
        line.add(totals.totalAppointments());
        line.add(totals.completedAppointments());
        line.add(totals.cancelledAppointments());
        line.add(totals.totalRevenue().toPlainString());
        line.add(totals.completedRevenue().toPlainString());
        line.add(totals.completionRate());
        line.add(totals.cancellationRate());
        SummaryBody.Averages averages = period.averages();
        if (averages != null) {
            line.add(averages.averageAppointments7Days());
            line.add(averages.averageAppointments28Days());
            line.add(averages.averageRevenue7Days());
            line.add(averages.averageRevenue28Days());
        }
        line.add(summary.timeZone());
        line.add(summary.asOf());
        return line;
    }
}
