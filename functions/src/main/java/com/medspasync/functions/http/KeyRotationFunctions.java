package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.KEY_ROTATE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.rotation.Rotation;
import com.medspasync.rotation.RotationRequest;
import com.medspasync.rotation.Rotations;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The replacement of keys over HTTP, for operators. */
public final class KeyRotationFunctions {

    private static final String COLLECTION = "/api/key-rotations/";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Rotations rotations;
    private final Resource collection;
    private final Resource record;
    private final Resource resumption;

    public KeyRotationFunctions(Kernel kernel, Rotations rotations) {
        this.rotations = rotations;
        this.collection = new Resource("key-rotations", kernel)
                .on(GET, KEY_ROTATE, this::list)
                .on(POST, KEY_ROTATE, this::start);
        this.record = new Resource("key-rotations/{id:guid}", kernel).on(GET, KEY_ROTATE, this::read);
        this.resumption = new Resource("key-rotations/{id:guid}/resume", kernel).on(POST, KEY_ROTATE, this::resume);
    }

    @FunctionName("KeyRotations")
    public HttpResponseMessage keyRotations(
            @HttpTrigger(name = "request", route = "key-rotations", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("KeyRotationStatus")
    public HttpResponseMessage keyRotation(
            @HttpTrigger(name = "request", route = "key-rotations/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("KeyRotationResume")
    public HttpResponseMessage keyRotationResume(
            @HttpTrigger(
                            name = "request",
                            route = "key-rotations/{id:guid}/resume",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return resumption.handle(request, context);
    }

    private record Page(List<RotationBody> value) {}

    private Answer list(Exchange exchange) {
        return Answer.ok(new Page(rotations.newest(exchange.caller()).stream()
                .map(RotationBody::of)
                .toList()));
    }

    private Answer start(Exchange exchange) {
        RotationRequest request = exchange.body(RotationRequest::read);
        return rotations
                .start(exchange.caller(), request)
                .map(KeyRotationFunctions::accepted)
                .orElseGet(() -> Answer.problem(ProblemType.NOT_FOUND, "There is no such key."));
    }

    private Answer read(Exchange exchange) {
        return rotations
                .find(exchange.caller(), exchange.pathId("id"))
                .map(rotation -> Answer.ok(RotationBody.of(rotation)).etag(rotation.version()))
                .orElseGet(KeyRotationFunctions::missing);
    }

    private Answer resume(Exchange exchange) {
        return rotations
                .resume(exchange.caller(), exchange.pathId("id"))
                .map(rotation -> rotation.status() == Rotation.Status.COMPLETED
                        ? Answer.problem(ProblemType.CONFLICT, "The rotation is completed.")
                        : accepted(rotation))
                .orElseGet(KeyRotationFunctions::missing);
    }

    private static Answer accepted(Rotation rotation) {
        return Answer.accepted(COLLECTION + rotation.id(), RotationBody.of(rotation), ASK_AGAIN);
    }

    private static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "There is no such rotation.");
    }
}
