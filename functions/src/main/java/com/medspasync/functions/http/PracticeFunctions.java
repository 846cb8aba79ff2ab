package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.PRACTICE_ADMIT;
import static com.medspasync.tenant.Permission.PRACTICE_READ;
import static com.medspasync.tenant.Permission.PRACTICE_WRITE;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.PracticeClosing;
import com.medspasync.input.Violation;
import com.medspasync.practices.Admissions;
import com.medspasync.practices.Admitted;
import com.medspasync.practices.NewPractice;
import com.medspasync.practices.Practice;
import com.medspasync.practices.PracticePatch;
import com.medspasync.practices.PracticeSettings;
import com.medspasync.repository.Listing;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Practices over HTTP: each its own record, for its members; and for operators, taking practices on and closing them. */
public final class PracticeFunctions {

    private static final RecordAnswers<Practice> ANSWERS = new RecordAnswers<>(
            "practice",
            field -> "There is another practice of this id.",
            practice -> practice.id().value(),
            Practice::version,
            PracticeBody::of);

    private final PracticeSettings settings;
    private final Admissions admissions;
    private final PracticeClosing closing;
    private final Supplier<UUID> ids;
    private final Resource collection;
    private final Resource record;
    private final Resource restorations;

    /** @param ids of practices that the one who takes them on gives none */
    public PracticeFunctions(
            Kernel kernel,
            PracticeSettings settings,
            Admissions admissions,
            PracticeClosing closing,
            Supplier<UUID> ids) {
        this.settings = settings;
        this.admissions = admissions;
        this.closing = closing;
        this.ids = ids;
        this.collection = new Resource("practices", kernel)
                .onQuery(GET, PRACTICE_ADMIT, this::list)
                .on(POST, PRACTICE_ADMIT, this::admit);
        this.record = new Resource("practices/{id:guid}", kernel)
                .on(GET, PRACTICE_READ, this::read)
                .on(PATCH, PRACTICE_WRITE, this::change)
                .on(DELETE, PRACTICE_ADMIT, this::close);
        this.restorations = new Resource("practices/{id:guid}/restore", kernel).on(POST, PRACTICE_ADMIT, this::restore);
    }

    @FunctionName("Practices")
    public HttpResponseMessage practices(
            @HttpTrigger(name = "request", route = "practices", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("Practice")
    public HttpResponseMessage practice(
            @HttpTrigger(name = "request", route = "practices/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("PracticeRestore")
    public HttpResponseMessage practiceRestore(
            @HttpTrigger(
                            name = "request",
                            route = "practices/{id:guid}/restore",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    /** @param deletedAt null while it is not closed */
    private record Item(
            UUID id,
            String name,
            String timeZone,
            Instant createdAt,
            @Nullable Instant deletedAt) {

        static Item of(Admitted practice) {
            return new Item(
                    practice.id().value(),
                    practice.name(),
                    practice.timeZone(),
                    practice.createdAt(),
                    practice.deletedAt());
        }
    }

    /** @param nextLink null on the last page */
    private record Page(List<Item> value, @Nullable String nextLink) {}

    private Answer list(Exchange exchange) {
        PageQuery page = exchange.query(PageQuery::read);
        return switch (admissions.list(exchange.caller(), page.top(), page.cursor())) {
            case Listing.Page<Admitted>(List<Admitted> practices, String next) ->
                Answer.ok(new Page(
                        practices.stream().map(Item::of).toList(), next == null ? null : exchange.nextLink(next)));
            case Listing.BadCursor<Admitted>() ->
                Answer.invalid(
                        List.of(new Violation("cursor", "cursor", "must come from a page of this same question")));
        };
    }

    private Answer admit(Exchange exchange) {
        NewPractice wish = exchange.body(in -> NewPractice.read(in, ids.get()));
        return ANSWERS.created(exchange, admissions.admit(exchange.caller(), wish));
    }

    private Answer read(Exchange exchange) {
        return ANSWERS.found(settings.find(exchange.caller(), exchange.pathId("id")));
    }

    private Answer change(Exchange exchange) {
        int version = exchange.expectedVersion();
        PracticePatch patch = exchange.patch(PracticePatch::read);
        return ANSWERS.changed(settings.update(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer close(Exchange exchange) {
        int version = exchange.expectedVersion();
        return ANSWERS.deleted(closing.close(exchange.caller(), exchange.pathId("id"), version));
    }

    private Answer restore(Exchange exchange) {
        return ANSWERS.restored(admissions.restore(exchange.caller(), exchange.pathId("id")));
    }
}
