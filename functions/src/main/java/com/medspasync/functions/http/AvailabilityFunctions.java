package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.APPOINTMENT_READ;
import static com.microsoft.azure.functions.HttpMethod.GET;

import com.medspasync.availability.Availability;
import com.medspasync.availability.AvailabilityRequest;
import com.medspasync.availability.FreeTimes;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** When a service can be booked. */
public final class AvailabilityFunctions {

    private final Availability availability;
    private final Resource times;

    public AvailabilityFunctions(Kernel kernel, Availability availability) {
        this.availability = availability;
        this.times = new Resource("availability", kernel).onQuery(GET, APPOINTMENT_READ, this::find);
    }

    @FunctionName("Availability")
    public HttpResponseMessage availability(
            @HttpTrigger(name = "request", route = "availability", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return times.handle(request, context);
    }

    private record Body(
            String timeZone,
            UUID serviceId,
            int duration,
            List<Day> value,
            @Nullable String nextLink) {

        static Body of(String path, AvailabilityRequest asked, FreeTimes found) {
            LocalDate next = found.next();
            return new Body(
                    found.timeZone(),
                    asked.service(),
                    found.duration(),
                    found.days().stream().map(Day::of).toList(),
                    next == null ? null : link(path, asked, next));
        }

        private static String link(String path, AvailabilityRequest asked, LocalDate from) {
            String staff = asked.staff() == null ? "" : "&staffId=" + asked.staff();
            return path + "?serviceId=" + asked.service() + "&from=" + from + "&to=" + asked.to() + staff;
        }
    }

    /** By day and staff member, since a month of ten people's times has 10,000 starts: with an object for each, it would be five times as long. */
    private record Day(LocalDate day, UUID staffId, List<String> starts) {

        static Day of(FreeTimes.FreeDay free) {
            return new Day(
                    free.day(),
                    free.staff(),
                    free.starts().stream().map(Day::text).toList());
        }

        /** With seconds, which RFC 3339 asks for and {@link OffsetDateTime#toString} leaves out. */
        private static String text(OffsetDateTime start) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start);
        }
    }

    private Answer find(Exchange exchange) {
        AvailabilityRequest asked = exchange.query(AvailabilityRequest::read);
        return switch (availability.find(exchange.caller(), asked)) {
            case Availability.Outcome.Found(FreeTimes found) -> Answer.ok(Body.of(exchange.path(), asked, found));
            case Availability.Outcome.NoService() ->
                Answer.problem(ProblemType.NOT_FOUND, "There is no such service, or it is not given any more.");
            case Availability.Outcome.NoStaff() ->
                Answer.problem(ProblemType.NOT_FOUND, "There is no such staff member.");
        };
    }
}
