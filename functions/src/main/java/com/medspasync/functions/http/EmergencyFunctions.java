package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.EMERGENCY;
import static com.medspasync.tenant.Permission.EMERGENCY_REVIEW;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.medspasync.emergency.EmergencyAccess;
import com.medspasync.emergency.EmergencyAccesses;
import com.medspasync.emergency.EmergencyRequest;
import com.medspasync.emergency.EmergencyReview;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Emergency access to clients' records. */
public final class EmergencyFunctions {

    private final EmergencyAccesses accesses;
    private final Resource collection;
    private final Resource record;
    private final Resource end;
    private final Resource review;

    public EmergencyFunctions(Kernel kernel, EmergencyAccesses accesses) {
        this.accesses = accesses;
        this.collection = new Resource("emergency-accesses", kernel)
                .on(HttpMethod.GET, EMERGENCY_REVIEW, this::list)
                .on(HttpMethod.POST, EMERGENCY, this::open);
        this.record =
                new Resource("emergency-accesses/{id:guid}", kernel).on(HttpMethod.GET, EMERGENCY_REVIEW, this::read);
        this.end =
                new Resource("emergency-accesses/{id:guid}/end", kernel).onAuthenticated(HttpMethod.POST, this::giveUp);
        this.review = new Resource("emergency-accesses/{id:guid}/review", kernel)
                .on(HttpMethod.POST, EMERGENCY_REVIEW, this::close);
    }

    @FunctionName("EmergencyAccesses")
    public HttpResponseMessage collection(
            @HttpTrigger(name = "request", route = "emergency-accesses", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("EmergencyAccess")
    public HttpResponseMessage record(
            @HttpTrigger(
                            name = "request",
                            route = "emergency-accesses/{id:guid}",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("EmergencyAccessEnd")
    public HttpResponseMessage end(
            @HttpTrigger(
                            name = "request",
                            route = "emergency-accesses/{id:guid}/end",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return end.handle(request, context);
    }

    @FunctionName("EmergencyAccessReview")
    public HttpResponseMessage review(
            @HttpTrigger(
                            name = "request",
                            route = "emergency-accesses/{id:guid}/review",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return review.handle(request, context);
    }

    private record OpenedAnswer(UUID id, Instant expiresAt, String accessToken, String tokenType, long expiresIn) {
        static OpenedAnswer of(EmergencyAccesses.Opened opened) {
            TokenAnswer token = TokenAnswer.of(opened.token());
            return new OpenedAnswer(
                    opened.id(), opened.expiresAt(), token.accessToken(), token.tokenType(), token.expiresIn());
        }

        @Override
        public String toString() {
            return "OpenedAnswer[hidden]";
        }
    }

    private record Body(
            UUID id,
            UUID userId,
            UUID clientId,
            String reason,
            EmergencyAccess.Status status,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant endedAt,
            @Nullable UUID reviewedBy,
            @Nullable Instant reviewedAt,
            EmergencyAccess.@Nullable Verdict verdict,
            @Nullable String note,
            long recorded,
            @Nullable List<Event> events) {

        static Body of(EmergencyAccess access, @Nullable List<Event> events) {
            return new Body(
                    access.id(),
                    access.user(),
                    access.client(),
                    access.reason(),
                    access.status(),
                    access.createdAt(),
                    access.expiresAt(),
                    access.endedAt(),
                    access.reviewedBy(),
                    access.reviewedAt(),
                    access.verdict(),
                    access.note(),
                    access.disclosures(),
                    events);
        }
    }

    private record Event(
            Instant at,
            String action,
            String table,
            @Nullable UUID recordId,
            @JsonRawValue @Nullable String unmasked,
            @Nullable String address) {

        static Event of(EmergencyAccesses.Disclosed event) {
            return new Event(
                    event.at(), event.action(), event.table(), event.record(), event.unmasked(), event.address());
        }
    }

    private record Page(List<Body> value) {}

    private Answer open(Exchange exchange) {
        return accesses.open(exchange.caller(), exchange.body(EmergencyRequest::read))
                .map(opened -> Answer.created(exchange.child(opened.id()), OpenedAnswer.of(opened)))
                .orElseGet(() -> Answer.problem(ProblemType.NOT_FOUND, "There is no such client."));
    }

    private Answer list(Exchange exchange) {
        return Answer.ok(new Page(accesses.list(exchange.caller()).stream()
                .map(access -> Body.of(access, null))
                .toList()));
    }

    private Answer read(Exchange exchange) {
        UUID id = exchange.pathId("id");
        return accesses.find(exchange.caller(), id)
                .map(access -> Answer.ok(Body.of(
                        access,
                        accesses.disclosed(exchange.caller(), id).stream()
                                .map(Event::of)
                                .toList())))
                .orElseGet(EmergencyFunctions::missing);
    }

    private Answer giveUp(Exchange exchange) {
        // One that is over, or never was the caller's, is as good as given up.
        accesses.end(exchange.caller(), exchange.pathId("id"));
        return Answer.noContent();
    }

    private Answer close(Exchange exchange) {
        EmergencyReview given = exchange.body(EmergencyReview::read);
        return switch (accesses.review(exchange.caller(), exchange.pathId("id"), given)) {
            case DONE -> Answer.noContent();
            case MISSING -> missing();
            case OPEN -> Answer.problem(ProblemType.CONFLICT, "It is not over yet.");
            case OWN -> Answer.problem(ProblemType.CONFLICT, "Somebody else has to review it.");
            case BEFORE -> Answer.problem(ProblemType.CONFLICT, "It has been reviewed.");
        };
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "There is no such emergency access.");
    }
}
