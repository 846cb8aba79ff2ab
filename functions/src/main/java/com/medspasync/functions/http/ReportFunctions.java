package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.REPORT_READ;
import static com.microsoft.azure.functions.HttpMethod.GET;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.reporting.AppointmentSummaries;
import com.medspasync.reporting.AppointmentSummary;
import com.medspasync.reporting.SummaryQuery;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** A practice's figures over HTTP, as JSON or, where the query asks for it, as a table for a spreadsheet. */
public final class ReportFunctions {

    private final AppointmentSummaries summaries;
    private final Resource appointmentSummary;

    public ReportFunctions(Kernel kernel, AppointmentSummaries summaries) {
        this.summaries = summaries;
        this.appointmentSummary =
                new Resource("reports/appointment-summary", kernel).onQuery(GET, REPORT_READ, this::summarize);
    }

    @FunctionName("AppointmentSummary")
    public HttpResponseMessage appointmentSummary(
            @HttpTrigger(
                            name = "request",
                            route = "reports/appointment-summary",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return appointmentSummary.handle(request, context);
    }

    private enum Format {
        JSON,
        CSV
    }

    private record Question(SummaryQuery query, Format format) {

        static Parsed<Question> read(Fields in) {
            Format format = in.choice("format", Format.class).or(Format.JSON);
            return switch (SummaryQuery.read(in)) {
                case Parsed.Valid<SummaryQuery>(SummaryQuery query) -> Parsed.valid(new Question(query, format));
                case Parsed.Invalid<SummaryQuery>(var violations) -> new Parsed.Invalid<>(violations);
            };
        }
    }

    private Answer summarize(Exchange exchange) {
        Question question = exchange.query(Question::read);
        return summaries
                .find(exchange.caller(), question.query())
                .map(summary -> shown(summary, question))
                .orElseGet(UserFunctions::noPractice);
    }

    private static Answer shown(AppointmentSummary summary, Question question) {
        SummaryBody body = SummaryBody.of(summary, question.query().groupBy());
        return switch (question.format()) {
            case JSON -> Answer.ok(body);
            case CSV ->
                Answer.text(SummaryCsv.MEDIA_TYPE, SummaryCsv.of(body))
                        .header(
                                "Content-Disposition",
                                "attachment; filename=\"appointment-summary_%s_%s.csv\""
                                        .formatted(summary.from(), summary.to()));
        };
    }
}
