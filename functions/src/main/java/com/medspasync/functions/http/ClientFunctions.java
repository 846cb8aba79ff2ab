package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.CLIENT_DELETE;
import static com.medspasync.tenant.Permission.CLIENT_HISTORY;
import static com.medspasync.tenant.Permission.CLIENT_READ;
import static com.medspasync.tenant.Permission.CLIENT_RESTORE;
import static com.medspasync.tenant.Permission.CLIENT_WRITE;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;
import static com.microsoft.azure.functions.HttpMethod.PUT;

import com.medspasync.appointments.ClientAppointments;
import com.medspasync.clients.ClientDraft;
import com.medspasync.clients.ClientFilter;
import com.medspasync.clients.ClientPatch;
import com.medspasync.clients.ClientSearch;
import com.medspasync.clients.ClientSummaryView;
import com.medspasync.clients.ClientView;
import com.medspasync.clients.Clients;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.history.HistoryEntry;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.tenant.Permission;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A practice's clients over HTTP. */
public final class ClientFunctions {

    private static final Duration IN_PROGRESS_RETRY = Duration.ofSeconds(2);

    private final Clients clients;
    private final Clock clock;
    private final Resource collection;
    private final Resource searches;
    private final Resource record;
    private final Resource restorations;
    private final Resource history;

    public ClientFunctions(Kernel kernel, Clients clients, Clock clock) {
        this.clients = clients;
        this.clock = clock;
        this.collection = new Resource("clients", kernel)
                .onQuery(GET, CLIENT_READ, this::list)
                .on(POST, CLIENT_WRITE, this::create);
        this.searches = new Resource("clients/search", kernel).on(POST, CLIENT_READ, this::search);
        this.record = new Resource("clients/{id:guid}", kernel)
                .onQuery(GET, CLIENT_READ, this::read)
                .on(PATCH, CLIENT_WRITE, this::patch)
                .on(PUT, CLIENT_WRITE, this::replace)
                .on(DELETE, CLIENT_DELETE, this::delete);
        this.restorations = new Resource("clients/{id:guid}/restore", kernel).on(POST, CLIENT_RESTORE, this::restore);
        this.history = new Resource("clients/{id:guid}/history", kernel).onQuery(GET, CLIENT_HISTORY, this::history);
    }

    @FunctionName("Clients")
    public HttpResponseMessage clients(
            @HttpTrigger(name = "request", route = "clients", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("ClientSearch")
    public HttpResponseMessage clientSearch(
            @HttpTrigger(name = "request", route = "clients/search", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return searches.handle(request, context);
    }

    @FunctionName("Client")
    public HttpResponseMessage client(
            @HttpTrigger(name = "request", route = "clients/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("ClientRestore")
    public HttpResponseMessage clientRestore(
            @HttpTrigger(
                            name = "request",
                            route = "clients/{id:guid}/restore",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    @FunctionName("ClientHistory")
    public HttpResponseMessage clientHistory(
            @HttpTrigger(
                            name = "request",
                            route = "clients/{id:guid}/history",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return history.handle(request, context);
    }

    private Answer list(Exchange exchange) {
        ClientFilter filter = exchange.query(ClientFilter::read);
        return switch (clients.findAll(exchange.caller(), filter)) {
            case Listing.Page<ClientSummaryView>(var items, var next) ->
                Answer.ok(new ClientPage(ClientPage.items(items), next == null ? null : exchange.nextLink(next), null));
            case Listing.BadCursor<ClientSummaryView> bad -> badCursor("cursor");
        };
    }

    private Answer search(Exchange exchange) {
        ClientSearch search = exchange.body(in -> ClientSearch.read(in, today()));
        return switch (clients.search(exchange.caller(), search)) {
            case Listing.Page<ClientSummaryView>(var items, var next) ->
                Answer.ok(new ClientPage(ClientPage.items(items), null, next));
            case Listing.BadCursor<ClientSummaryView> bad -> badCursor("/cursor");
        };
    }

    private Answer create(Exchange exchange) {
        ClientDraft draft = exchange.body(in -> ClientDraft.read(in, today()));
        Creation<ClientView> creation = exchange.idempotencyKey()
                .map(key -> clients.create(
                        exchange.caller(), draft, IdempotencyKey.of(key, "POST /clients", exchange.text())))
                .orElseGet(() -> clients.create(exchange.caller(), draft));
        return switch (creation) {
            case Creation.Created<ClientView>(ClientView client) -> created(exchange, client);
            case Creation.Replayed<ClientView>(ClientView client) ->
                created(exchange, client).header("Idempotent-Replayed", "true");
            case Creation.Mismatch<ClientView> mismatch ->
                Answer.problem(
                        ProblemType.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key came with another request in the last 24 hours.");
            case Creation.InProgress<ClientView> running ->
                Answer.problem(ProblemType.CONFLICT, "The first request with this Idempotency-Key is still running.")
                        .retryAfter(IN_PROGRESS_RETRY);
            case Creation.Taken<ClientView>(String field) -> taken(field);
            case Creation.Refused<ClientView>(List<Violation> violations) -> Answer.invalid(violations);
        };
    }

    private Answer read(Exchange exchange) {
        return exchange.query(ClientFunctions::expandsAppointments)
                ? readWithAppointments(exchange)
                : answer(clients.findById(exchange.caller(), exchange.pathId("id")), ClientFunctions::shown);
    }

    /** Without a tag: whoever has the client's latest version may still lack what has changed of the appointments. */
    private Answer readWithAppointments(Exchange exchange) {
        if (!exchange.caller().may(Permission.APPOINTMENT_READ)) {
            throw exchange.forbidden("To see appointments takes the permission APPOINTMENT_READ.");
        }
        return answer(
                clients.findById(exchange.caller(), exchange.pathId("id"), ClientAppointments.ALONGSIDE),
                found -> Answer.ok(ClientBody.of(found.client(), found.more())));
    }

    private static Parsed<Boolean> expandsAppointments(Fields in) {
        String expand = in.text("expand", 40)
                .check("appointments"::equals, "choice", "must be appointments")
                .optional();
        return in.finish(() -> expand != null);
    }

    private static <T> Answer answer(Lookup<T> lookup, Function<T, Answer> found) {
        return switch (lookup) {
            case Lookup.Found<T>(T value) -> found.apply(value);
            case Lookup.Missing<T> missing -> missing();
            case Lookup.Gone<T> gone -> gone();
            case Lookup.Shredded<T> shredded -> shredded();
        };
    }

    private Answer patch(Exchange exchange) {
        int version = exchange.expectedVersion();
        ClientPatch patch = exchange.patch(in -> ClientPatch.read(in, today()));
        return changed(clients.update(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer replace(Exchange exchange) {
        int version = exchange.expectedVersion();
        ClientDraft draft = exchange.body(in -> ClientDraft.read(in, today()));
        return changed(clients.replace(exchange.caller(), exchange.pathId("id"), version, draft));
    }

    private static Answer changed(Update<ClientView> update) {
        return switch (update) {
            case Update.Updated<ClientView>(ClientView client) -> shown(client);
            case Update.Stale<ClientView> stale -> stale();
            case Update.Missing<ClientView> missing -> missing();
            case Update.Gone<ClientView> gone -> gone();
            case Update.Shredded<ClientView> shredded -> shredded();
            case Update.Taken<ClientView>(String field) -> taken(field);
            case Update.Booked<ClientView>(long upcoming) -> RecordAnswers.booked(upcoming);
            case Update.Refused<ClientView>(List<Violation> violations) -> Answer.invalid(violations);
        };
    }

    private Answer delete(Exchange exchange) {
        int version = exchange.expectedVersion();
        return switch (clients.delete(exchange.caller(), exchange.pathId("id"), version)) {
            case Deletion.Deleted deleted -> Answer.noContent();
            case Deletion.Stale stale -> stale();
            case Deletion.Missing missing -> missing();
            case Deletion.Booked(long upcoming) -> RecordAnswers.booked(upcoming);
        };
    }

    private Answer restore(Exchange exchange) {
        return switch (clients.restore(exchange.caller(), exchange.pathId("id"))) {
            case Restoration.Restored<ClientView>(ClientView client) -> shown(client);
            case Restoration.Missing<ClientView> missing -> missing();
            case Restoration.Shredded<ClientView> shredded -> shredded();
            case Restoration.Taken<ClientView>(String field) -> taken(field);
        };
    }

    private Answer history(Exchange exchange) {
        PageQuery page = exchange.query(PageQuery::read);
        return switch (clients.history(exchange.caller(), exchange.pathId("id"), page.top(), page.cursor())) {
            case Lookup.Found<Listing<HistoryEntry>>(Listing.Page<HistoryEntry>(var entries, var next)) ->
                Answer.ok(HistoryPage.of(entries, next == null ? null : exchange.nextLink(next)));
            case Lookup.Found<Listing<HistoryEntry>>(Listing.BadCursor<HistoryEntry> bad) -> badCursor("cursor");
            case Lookup.Missing<Listing<HistoryEntry>> missing -> missing();
            case Lookup.Gone<Listing<HistoryEntry>> gone -> gone();
            case Lookup.Shredded<Listing<HistoryEntry>> shredded -> shredded();
        };
    }

    private static Answer created(Exchange exchange, ClientView client) {
        return Answer.created(exchange.child(client.id()), ClientBody.of(client))
                .etag(client.version());
    }

    private static Answer shown(ClientView client) {
        return Answer.ok(ClientBody.of(client)).etag(client.version());
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "The practice has no such client.");
    }

    private static Answer gone() {
        return Answer.problem(ProblemType.GONE, "The client is deleted. POST to its /restore brings it back.");
    }

    private static Answer shredded() {
        return Answer.problem(
                ProblemType.SHREDDED, "The keys of the client were destroyed. Nobody can read it or bring it back.");
    }

    private static Answer stale() {
        return Answer.problem(ProblemType.STALE, "Somebody else changed the client. Read it again.");
    }

    /** @param field by JSON Pointer */
    private static Answer taken(String field) {
        return Answer.problem(
                        ProblemType.CONFLICT, "Another client of the practice has the same " + field.substring(1) + ".")
                .extension("field", field);
    }

    /** @param field a parameter's name, or a JSON Pointer into the body */
    private static Answer badCursor(String field) {
        return Answer.invalid(List.of(new Violation(field, "cursor", "must come from a page of this same question")));
    }

    /** A date of birth must lie in the past wherever on earth the practice is, so the day is taken where it begins first. */
    private LocalDate today() {
        return LocalDate.now(clock.withZone(ZoneOffset.ofHours(14)));
    }
}
