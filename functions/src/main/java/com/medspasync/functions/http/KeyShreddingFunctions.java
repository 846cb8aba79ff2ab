package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.KEY_SHRED;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.shredding.Certificate;
import com.medspasync.shredding.Confirmation;
import com.medspasync.shredding.Shredding;
import com.medspasync.shredding.ShreddingRequest;
import com.medspasync.shredding.Shreddings;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The destruction of keys over HTTP, for operators. */
public final class KeyShreddingFunctions {

    private static final String COLLECTION = "/api/key-shreddings/";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Shreddings shreddings;
    private final Resource collection;
    private final Resource record;
    private final Resource certificate;
    private final Resource confirmation;
    private final Resource cancellation;
    private final Resource resumption;

    public KeyShreddingFunctions(Kernel kernel, Shreddings shreddings) {
        this.shreddings = shreddings;
        this.collection = new Resource("key-shreddings", kernel)
                .on(GET, KEY_SHRED, this::list)
                .on(POST, KEY_SHRED, this::start);
        this.record = new Resource("key-shreddings/{id:guid}", kernel).on(GET, KEY_SHRED, this::read);
        this.certificate =
                new Resource("key-shreddings/{id:guid}/certificate", kernel).on(GET, KEY_SHRED, this::certify);
        this.confirmation = new Resource("key-shreddings/{id:guid}/confirm", kernel).on(POST, KEY_SHRED, this::confirm);
        this.cancellation = new Resource("key-shreddings/{id:guid}/cancel", kernel).on(POST, KEY_SHRED, this::cancel);
        this.resumption = new Resource("key-shreddings/{id:guid}/resume", kernel).on(POST, KEY_SHRED, this::resume);
    }

    @FunctionName("KeyShreddings")
    public HttpResponseMessage keyShreddings(
            @HttpTrigger(name = "request", route = "key-shreddings", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("KeyShreddingStatus")
    public HttpResponseMessage keyShredding(
            @HttpTrigger(name = "request", route = "key-shreddings/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("KeyShreddingCertificate")
    public HttpResponseMessage keyShreddingCertificate(
            @HttpTrigger(
                            name = "request",
                            route = "key-shreddings/{id:guid}/certificate",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return certificate.handle(request, context);
    }

    @FunctionName("KeyShreddingConfirm")
    public HttpResponseMessage keyShreddingConfirm(
            @HttpTrigger(
                            name = "request",
                            route = "key-shreddings/{id:guid}/confirm",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return confirmation.handle(request, context);
    }

    @FunctionName("KeyShreddingCancel")
    public HttpResponseMessage keyShreddingCancel(
            @HttpTrigger(
                            name = "request",
                            route = "key-shreddings/{id:guid}/cancel",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return cancellation.handle(request, context);
    }

    @FunctionName("KeyShreddingResume")
    public HttpResponseMessage keyShreddingResume(
            @HttpTrigger(
                            name = "request",
                            route = "key-shreddings/{id:guid}/resume",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return resumption.handle(request, context);
    }

    private record Page(List<ShreddingBody> value) {}

    private Answer list(Exchange exchange) {
        return Answer.ok(new Page(shreddings.newest(exchange.caller()).stream()
                .map(ShreddingBody::of)
                .toList()));
    }

    private Answer start(Exchange exchange) {
        ShreddingRequest request = exchange.body(ShreddingRequest::read);
        return shreddings
                .start(exchange.caller(), request)
                .map(KeyShreddingFunctions::accepted)
                .orElseGet(() -> Answer.problem(ProblemType.NOT_FOUND, "There are no such keys."));
    }

    private Answer read(Exchange exchange) {
        return shreddings
                .find(exchange.caller(), exchange.pathId("id"))
                .map(shredding -> Answer.ok(ShreddingBody.of(shredding)).etag(shredding.version()))
                .orElseGet(KeyShreddingFunctions::missing);
    }

    private Answer certify(Exchange exchange) {
        return shreddings
                .find(exchange.caller(), exchange.pathId("id"))
                .map(shredding -> Certificate.of(shredding)
                        .map(certificate -> Answer.ok(CertificateBody.of(certificate)))
                        .orElseGet(() -> Answer.problem(
                                ProblemType.CONFLICT,
                                "There is no certificate before the backups that may hold the keys have expired.")))
                .orElseGet(KeyShreddingFunctions::missing);
    }

    private Answer confirm(Exchange exchange) {
        Confirmation confirmation = exchange.body(Confirmation::read);
        return shreddings
                .confirm(exchange.caller(), exchange.pathId("id"), confirmation)
                .map(shredding -> switch (shredding.status()) {
                    case WAITING -> Answer.problem(ProblemType.CONFLICT, waiting(shredding, confirmation));
                    case CANCELLED -> Answer.problem(ProblemType.CONFLICT, "It was called off. Ask for it again.");
                    case PENDING, PROCESSING, COMPLETED, FAILED -> accepted(shredding);
                })
                .orElseGet(KeyShreddingFunctions::missing);
    }

    private static String waiting(Shredding shredding, Confirmation confirmation) {
        return shredding.practice().equals(confirmation.practice())
                ? "It cannot be confirmed before " + shredding.confirmableAt() + "."
                : "It is another practice's keys that this would destroy.";
    }

    private Answer cancel(Exchange exchange) {
        return shreddings
                .cancel(exchange.caller(), exchange.pathId("id"))
                .map(shredding -> shredding.status() == Shredding.Status.CANCELLED
                        ? Answer.ok(ShreddingBody.of(shredding)).etag(shredding.version())
                        : Answer.problem(ProblemType.CONFLICT, "It does not wait any more: it cannot be called off."))
                .orElseGet(KeyShreddingFunctions::missing);
    }

    private Answer resume(Exchange exchange) {
        return shreddings
                .resume(exchange.caller(), exchange.pathId("id"))
                .map(shredding -> switch (shredding.status()) {
                    case PENDING, PROCESSING -> accepted(shredding);
                    case WAITING, CANCELLED, COMPLETED, FAILED ->
                        Answer.problem(ProblemType.CONFLICT, "It has not failed.");
                })
                .orElseGet(KeyShreddingFunctions::missing);
    }

    private static Answer accepted(Shredding shredding) {
        return Answer.accepted(COLLECTION + shredding.id(), ShreddingBody.of(shredding), ASK_AGAIN);
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "There is no such shredding.");
    }
}
