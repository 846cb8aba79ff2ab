package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.MASKED_COPY;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.maskedcopy.CopyRequest;
import com.medspasync.maskedcopy.MaskedCopies;
import com.medspasync.maskedcopy.MaskedCopy;
import com.medspasync.maskedcopy.StoredFile;
import com.medspasync.repository.Lookup;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Masked copies for development over HTTP, for operators. */
public final class MaskedCopyFunctions {

    private static final String COLLECTION = "/api/masked-copies/";
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);

    private final MaskedCopies copies;
    private final Resource collection;
    private final Resource record;
    private final Resource file;
    private final Resource resumption;

    public MaskedCopyFunctions(Kernel kernel, MaskedCopies copies) {
        this.copies = copies;
        this.collection = new Resource("masked-copies", kernel)
                .on(GET, MASKED_COPY, this::list)
                .on(POST, MASKED_COPY, this::start);
        this.record = new Resource("masked-copies/{id:guid}", kernel)
                .on(GET, MASKED_COPY, this::read)
                .on(DELETE, MASKED_COPY, this::delete);
        this.file = new Resource("masked-copies/{id:guid}/files/{name}", kernel).on(GET, MASKED_COPY, this::file);
        this.resumption = new Resource("masked-copies/{id:guid}/resume", kernel).on(POST, MASKED_COPY, this::resume);
    }

    @FunctionName("MaskedCopies")
    public HttpResponseMessage maskedCopies(
            @HttpTrigger(name = "request", route = "masked-copies", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("MaskedCopyStatus")
    public HttpResponseMessage maskedCopy(
            @HttpTrigger(name = "request", route = "masked-copies/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("MaskedCopyFile")
    public HttpResponseMessage maskedCopyFile(
            @HttpTrigger(
                            name = "request",
                            route = "masked-copies/{id:guid}/files/{name}",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return file.handle(request, context);
    }

    @FunctionName("MaskedCopyResume")
    public HttpResponseMessage maskedCopyResume(
            @HttpTrigger(
                            name = "request",
                            route = "masked-copies/{id:guid}/resume",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return resumption.handle(request, context);
    }

    private record Page(List<MaskedCopyBody> value) {}

    private Answer list(Exchange exchange) {
        return Answer.ok(new Page(copies.newest(exchange.caller()).stream()
                .map(MaskedCopyBody::of)
                .toList()));
    }

    private Answer start(Exchange exchange) {
        CopyRequest request = exchange.body(CopyRequest::read);
        return copies.start(exchange.caller(), request)
                .map(MaskedCopyFunctions::accepted)
                .orElseGet(() -> Answer.problem(ProblemType.NOT_FOUND, "There is no such practice."));
    }

    private Answer read(Exchange exchange) {
        return found(copies.find(exchange.caller(), exchange.pathId("id")), copy -> Answer.ok(MaskedCopyBody.of(copy)));
    }

    private Answer delete(Exchange exchange) {
        return copies.delete(exchange.caller(), exchange.pathId("id"))
                ? Answer.noContent()
                : found(new Lookup.Missing<MaskedCopy>(), MaskedCopyFunctions::accepted);
    }

    private Answer resume(Exchange exchange) {
        return found(copies.resume(exchange.caller(), exchange.pathId("id")), copy -> switch (copy.status()) {
            case PENDING, PROCESSING -> accepted(copy);
            case COMPLETED -> Answer.problem(ProblemType.CONFLICT, "The copy is complete.");
            case FAILED -> Answer.problem(ProblemType.CONFLICT, "Another copy of the practice is being made.");
        });
    }

    private Answer file(Exchange exchange) {
        Lookup<StoredFile> stored = copies.file(exchange.caller(), exchange.pathId("id"), exchange.pathText("name"));
        return found(stored, file -> new FileAnswer(copies, file).to(exchange));
    }

    private static <T> Answer found(Lookup<T> lookup, Function<T, Answer> answer) {
        return switch (lookup) {
            case Lookup.Found<T>(T value) -> answer.apply(value);
            case Lookup.Missing<T>() ->
                Answer.problem(ProblemType.NOT_FOUND, "There is no such masked copy, or no such file of it.");
            case Lookup.Gone<T> gone -> deleted();
            case Lookup.Shredded<T> shredded -> deleted();
        };
    }

    private static Answer deleted() {
        return Answer.problem(ProblemType.GONE, "The masked copy is deleted.");
    }

    private static Answer accepted(MaskedCopy copy) {
        return Answer.accepted(COLLECTION + copy.id(), MaskedCopyBody.of(copy), ASK_AGAIN);
    }
}
