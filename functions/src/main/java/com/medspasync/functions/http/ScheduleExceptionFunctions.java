package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.STAFF_READ;
import static com.medspasync.tenant.Permission.STAFF_WRITE;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.staff.ExceptionDraft;
import com.medspasync.staff.ExceptionFilter;
import com.medspasync.staff.ExceptionPatch;
import com.medspasync.staff.ScheduleException;
import com.medspasync.staff.ScheduleExceptions;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** The days on which other hours hold than the week's, over HTTP. */
public final class ScheduleExceptionFunctions {

    private static final RecordAnswers<ScheduleException> ANSWERS = new RecordAnswers<>(
            "schedule exception",
            field -> "Another exception holds on one of these days.",
            ScheduleException::id,
            ScheduleException::version,
            ScheduleExceptionBody::of);

    private final ScheduleExceptions exceptions;
    private final Resource collection;
    private final Resource record;
    private final Resource restorations;

    public ScheduleExceptionFunctions(Kernel kernel, ScheduleExceptions exceptions) {
        this.exceptions = exceptions;
        this.collection = new Resource("schedule-exceptions", kernel)
                .onQuery(GET, STAFF_READ, this::list)
                .on(POST, STAFF_WRITE, this::create);
        this.record = new Resource("schedule-exceptions/{id:guid}", kernel)
                .on(GET, STAFF_READ, this::read)
                .on(PATCH, STAFF_WRITE, this::change)
                .on(DELETE, STAFF_WRITE, this::delete);
        this.restorations =
                new Resource("schedule-exceptions/{id:guid}/restore", kernel).on(POST, STAFF_WRITE, this::restore);
    }

    @FunctionName("ScheduleExceptions")
    public HttpResponseMessage scheduleExceptions(
            @HttpTrigger(name = "request", route = "schedule-exceptions", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("ScheduleException")
    public HttpResponseMessage scheduleException(
            @HttpTrigger(
                            name = "request",
                            route = "schedule-exceptions/{id:guid}",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("ScheduleExceptionRestore")
    public HttpResponseMessage scheduleExceptionRestore(
            @HttpTrigger(
                            name = "request",
                            route = "schedule-exceptions/{id:guid}/restore",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    private Answer list(Exchange exchange) {
        ExceptionFilter filter = exchange.query(ExceptionFilter::read);
        return ANSWERS.listed(exchange, exceptions.findAll(exchange.caller(), filter));
    }

    private Answer create(Exchange exchange) {
        ExceptionDraft draft = exchange.body(ExceptionDraft::read);
        return ANSWERS.created(
                exchange,
                RecordAnswers.key(exchange, "POST /schedule-exceptions")
                        .map(key -> exceptions.create(exchange.caller(), draft, key))
                        .orElseGet(() -> exceptions.create(exchange.caller(), draft)));
    }

    private Answer read(Exchange exchange) {
        return ANSWERS.found(exceptions.findById(exchange.caller(), exchange.pathId("id")));
    }

    private Answer change(Exchange exchange) {
        int version = exchange.expectedVersion();
        ExceptionPatch patch = exchange.patch(ExceptionPatch::read);
        return ANSWERS.changed(exceptions.update(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer delete(Exchange exchange) {
        int version = exchange.expectedVersion();
        return ANSWERS.deleted(exceptions.delete(exchange.caller(), exchange.pathId("id"), version));
    }

    private Answer restore(Exchange exchange) {
        return ANSWERS.restored(exceptions.restore(exchange.caller(), exchange.pathId("id")));
    }
}
