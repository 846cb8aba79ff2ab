package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.SERVICE_READ;
import static com.medspasync.tenant.Permission.SERVICE_WRITE;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.services.Service;
import com.medspasync.services.ServiceDraft;
import com.medspasync.services.ServiceFilter;
import com.medspasync.services.ServicePatch;
import com.medspasync.services.Services;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a practice offers, over HTTP. */
public final class ServiceFunctions {

    private static final RecordAnswers<Service> ANSWERS = new RecordAnswers<>(
            "service", field -> "Another service has the same value.", Service::id, Service::version, Body::of);

    private final Services services;
    private final Resource collection;
    private final Resource record;
    private final Resource restorations;

    public ServiceFunctions(Kernel kernel, Services services) {
        this.services = services;
        this.collection = new Resource("services", kernel)
                .onQuery(GET, SERVICE_READ, this::list)
                .on(POST, SERVICE_WRITE, this::create);
        this.record = new Resource("services/{id:guid}", kernel)
                .on(GET, SERVICE_READ, this::read)
                .on(PATCH, SERVICE_WRITE, this::change)
                .on(DELETE, SERVICE_WRITE, this::delete);
        this.restorations = new Resource("services/{id:guid}/restore", kernel).on(POST, SERVICE_WRITE, this::restore);
    }

    @FunctionName("Services")
    public HttpResponseMessage services(
            @HttpTrigger(name = "request", route = "services", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("Service")
    public HttpResponseMessage service(
            @HttpTrigger(name = "request", route = "services/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("ServiceRestore")
    public HttpResponseMessage serviceRestore(
            @HttpTrigger(
                            name = "request",
                            route = "services/{id:guid}/restore",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    /** A service as the API shows it (schema {@code Service} of the contract). What is null is left out. */
    private record Body(
            UUID id,
            String name,
            String category,
            @Nullable String description,
            int duration,
            int bufferBefore,
            int bufferAfter,
            BigDecimal price,
            boolean active,
            Instant createdAt,
            Instant updatedAt,
            @Nullable String etag) {

        static Body of(Service service, @Nullable String etag) {
            return new Body(
                    service.id(),
                    service.name(),
                    service.category(),
                    service.description(),
                    service.duration(),
                    service.bufferBefore(),
                    service.bufferAfter(),
                    service.price(),
                    service.active(),
                    service.createdAt(),
                    service.updatedAt(),
                    etag);
        }
    }

    private Answer list(Exchange exchange) {
        ServiceFilter filter = exchange.query(ServiceFilter::read);
        return ANSWERS.listed(exchange, services.findAll(exchange.caller(), filter));
    }

    private Answer create(Exchange exchange) {
        ServiceDraft draft = exchange.body(ServiceDraft::read);
        return ANSWERS.created(
                exchange,
                RecordAnswers.key(exchange, "POST /services")
                        .map(key -> services.create(exchange.caller(), draft, key))
                        .orElseGet(() -> services.create(exchange.caller(), draft)));
    }

    private Answer read(Exchange exchange) {
        return ANSWERS.found(services.findById(exchange.caller(), exchange.pathId("id")));
    }

    private Answer change(Exchange exchange) {
        int version = exchange.expectedVersion();
        ServicePatch patch = exchange.patch(ServicePatch::read);
        return ANSWERS.changed(services.update(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer delete(Exchange exchange) {
        int version = exchange.expectedVersion();
        return ANSWERS.deleted(services.delete(exchange.caller(), exchange.pathId("id"), version));
    }

    private Answer restore(Exchange exchange) {
        return ANSWERS.restored(services.restore(exchange.caller(), exchange.pathId("id")));
    }
}
