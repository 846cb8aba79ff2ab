package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.APPOINTMENT_DELETE;
import static com.medspasync.tenant.Permission.APPOINTMENT_HISTORY;
import static com.medspasync.tenant.Permission.APPOINTMENT_OVERRIDE;
import static com.medspasync.tenant.Permission.APPOINTMENT_READ;
import static com.medspasync.tenant.Permission.APPOINTMENT_RESTORE;
import static com.medspasync.tenant.Permission.APPOINTMENT_WRITE;
import static com.medspasync.tenant.Permission.PAYMENT_WRITE;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.appointments.AppointmentChange;
import com.medspasync.appointments.AppointmentDraft;
import com.medspasync.appointments.AppointmentFilter;
import com.medspasync.appointments.AppointmentPatch;
import com.medspasync.appointments.AppointmentView;
import com.medspasync.appointments.Appointments;
import com.medspasync.appointments.Booking;
import com.medspasync.appointments.Clash;
import com.medspasync.appointments.Related;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.history.HistoryEntry;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Violation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Permission;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A practice's appointments over HTTP. */
public final class AppointmentFunctions {

    private static final Duration IN_PROGRESS_RETRY = Duration.ofSeconds(2);

    private final Appointments appointments;
    private final Clock clock;
    private final Resource collection;
    private final Resource record;
    private final Resource restorations;
    private final Resource history;

    public AppointmentFunctions(Kernel kernel, Appointments appointments, Clock clock) {
        this.appointments = appointments;
        this.clock = clock;
        this.collection = new Resource("appointments", kernel)
                .onQuery(GET, APPOINTMENT_READ, this::list)
                .on(POST, APPOINTMENT_WRITE, this::book);
        this.record = new Resource("appointments/{id:guid}", kernel)
                .onQuery(GET, APPOINTMENT_READ, this::read)
                .on(PATCH, APPOINTMENT_WRITE, this::change)
                .on(DELETE, APPOINTMENT_DELETE, this::delete);
        this.restorations =
                new Resource("appointments/{id:guid}/restore", kernel).on(POST, APPOINTMENT_RESTORE, this::restore);
        this.history =
                new Resource("appointments/{id:guid}/history", kernel).onQuery(GET, APPOINTMENT_HISTORY, this::history);
    }

    @FunctionName("Appointments")
    public HttpResponseMessage appointments(
            @HttpTrigger(name = "request", route = "appointments", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("Appointment")
    public HttpResponseMessage appointment(
            @HttpTrigger(name = "request", route = "appointments/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("AppointmentRestore")
    public HttpResponseMessage appointmentRestore(
            @HttpTrigger(
                            name = "request",
                            route = "appointments/{id:guid}/restore",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    @FunctionName("AppointmentHistory")
    public HttpResponseMessage appointmentHistory(
            @HttpTrigger(
                            name = "request",
                            route = "appointments/{id:guid}/history",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return history.handle(request, context);
    }

    /** @param nextLink null on the last page */
    private record Page(
            List<AppointmentBody> value, @Nullable String nextLink) {}

    private Answer list(Exchange exchange) {
        AppointmentFilter filter = exchange.query(AppointmentFilter::read);
        return switch (appointments.findAll(exchange.caller(), filter)) {
            case Listing.Page<AppointmentView>(var items, var next) ->
                Answer.ok(new Page(
                        items.stream().map(AppointmentBody::of).toList(),
                        next == null ? null : exchange.nextLink(next)));
            case Listing.BadCursor<AppointmentView> bad -> badCursor();
        };
    }

    private Answer book(Exchange exchange) {
        AppointmentDraft draft = exchange.body(in -> AppointmentDraft.read(in, clock.instant()));
        require(exchange, draft.overrideReason(), APPOINTMENT_OVERRIDE, "To override the rules");
        require(exchange, draft.price(), PAYMENT_WRITE, "To set a price");
        IdempotencyKey key = exchange.idempotencyKey()
                .map(text -> IdempotencyKey.of(text, "POST /appointments", exchange.text()))
                .orElse(null);
        return switch (appointments.book(exchange.caller(), draft, key)) {
            case Booking.Booked(AppointmentView booked) -> created(exchange, booked);
            case Booking.Replayed(AppointmentView booked) ->
                created(exchange, booked).header("Idempotent-Replayed", "true");
            case Booking.Mismatch() ->
                Answer.problem(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key came with another request in the last 24 hours.");
            case Booking.InProgress() ->
                Answer.problem(ProblemType.CONFLICT, "The first request with this Idempotency-Key is still running.")
                        .retryAfter(IN_PROGRESS_RETRY);
            case Booking.Taken(Clash clash) -> taken(clash);
            case Booking.Refused(List<Violation> violations) -> refused(violations);
        };
    }

    private Answer read(Exchange exchange) {
        Set<Related> related = exchange.query(in -> {
            Set<Related> asked = in.text("expand", 40).then(Related::parse).or(Set.of());
            return in.finish(() -> asked);
        });
        return switch (appointments.findById(exchange.caller(), exchange.pathId("id"), related)) {
            // The tag is of the appointment: whoever has it may still lack what has changed of the others.
            case Lookup.Found<AppointmentView>(AppointmentView found) ->
                related.isEmpty() ? shown(found) : Answer.ok(AppointmentBody.of(found));
            case Lookup.Missing<AppointmentView>() -> missing();
            case Lookup.Gone<AppointmentView>() -> gone();
            case Lookup.Shredded<AppointmentView>() -> missing();
        };
    }

    private Answer change(Exchange exchange) {
        int version = exchange.expectedVersion();
        AppointmentPatch patch = exchange.patch(in -> AppointmentPatch.read(in, clock.instant()));
        require(exchange, patch.overrideReason(), APPOINTMENT_OVERRIDE, "To override the rules");
        require(exchange, patch.price(), PAYMENT_WRITE, "To set a price");
        return changed(appointments.change(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer restore(Exchange exchange) {
        return changed(appointments.restore(exchange.caller(), exchange.pathId("id")));
    }

    private static Answer changed(AppointmentChange change) {
        return switch (change) {
            case AppointmentChange.Changed(AppointmentView appointment) -> shown(appointment);
            case AppointmentChange.Stale() ->
                Answer.problem(ProblemType.STALE, "Somebody else changed the appointment. Read it again.");
            case AppointmentChange.Missing() -> missing();
            case AppointmentChange.Gone() -> gone();
            case AppointmentChange.Taken(Clash clash) -> taken(clash);
            case AppointmentChange.Refused(List<Violation> violations) -> refused(violations);
            case AppointmentChange.Forbidden(String detail) -> Answer.problem(ProblemType.FORBIDDEN, detail);
        };
    }

    private Answer delete(Exchange exchange) {
        int version = exchange.expectedVersion();
        return switch (appointments.delete(exchange.caller(), exchange.pathId("id"), version)) {
            case Deletion.Deleted() -> Answer.noContent();
            case Deletion.Stale() ->
                Answer.problem(ProblemType.STALE, "Somebody else changed the appointment. Read it again.");
            case Deletion.Missing() -> missing();
            case Deletion.Booked(long upcoming) -> RecordAnswers.booked(upcoming);
        };
    }

    private Answer history(Exchange exchange) {
        PageQuery page = exchange.query(PageQuery::read);
        return switch (appointments.history(exchange.caller(), exchange.pathId("id"), page.top(), page.cursor())) {
            case Lookup.Found<Listing<HistoryEntry>>(Listing.Page<HistoryEntry>(var entries, var next)) ->
                Answer.ok(HistoryPage.of(entries, next == null ? null : exchange.nextLink(next)));
            case Lookup.Found<Listing<HistoryEntry>>(Listing.BadCursor<HistoryEntry> bad) -> badCursor();
            case Lookup.Missing<Listing<HistoryEntry>>() -> missing();
            case Lookup.Gone<Listing<HistoryEntry>>() -> missing();
            case Lookup.Shredded<Listing<HistoryEntry>>() -> missing();
        };
    }

    /** Refuses a field that the caller's role may not give. */
    private static void require(Exchange exchange, @Nullable Object given, Permission permission, String what) {
        if (given != null && !exchange.caller().may(permission)) {
            throw exchange.forbidden(what + " takes the permission " + permission + ".");
        }
    }

    private static Answer created(Exchange exchange, AppointmentView appointment) {
        return Answer.created(exchange.child(appointment.appointment().id()), AppointmentBody.of(appointment))
                .etag(appointment.appointment().version());
    }

    private static Answer shown(AppointmentView appointment) {
        return Answer.ok(AppointmentBody.of(appointment))
                .etag(appointment.appointment().version());
    }

    private static Answer taken(Clash clash) {
        return Answer.problem(ProblemType.CONFLICT, "The staff member is taken then.")
                .extension("field", "/dateTime")
                .extension("clash", clash);
    }

    private static Answer refused(List<Violation> violations) {
        return Answer.problem(
                ProblemType.CONFLICT, "The practice's records and rules do not let it be; see errors.", violations);
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "The practice has no such appointment.");
    }

    private static Answer gone() {
        return Answer.problem(ProblemType.GONE, "The appointment is deleted. POST to its /restore brings it back.");
    }

    private static Answer badCursor() {
        return Answer.invalid(
                List.of(new Violation("cursor", "cursor", "must come from a page of this same question")));
    }
}
