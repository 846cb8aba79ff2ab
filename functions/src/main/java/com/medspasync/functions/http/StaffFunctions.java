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
import com.medspasync.staff.StaffDraft;
import com.medspasync.staff.StaffFilter;
import com.medspasync.staff.StaffMember;
import com.medspasync.staff.StaffMembers;
import com.medspasync.staff.StaffPatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** Who works in a practice, over HTTP. */
public final class StaffFunctions {

    private static final RecordAnswers<StaffMember> ANSWERS = new RecordAnswers<>(
            "staff member",
            field -> "The user has a staff record already.",
            StaffMember::id,
            StaffMember::version,
            StaffBody::of);

    private final StaffMembers staff;
    private final Resource collection;
    private final Resource record;
    private final Resource restorations;

    public StaffFunctions(Kernel kernel, StaffMembers staff) {
        this.staff = staff;
        this.collection = new Resource("staff", kernel)
                .onQuery(GET, STAFF_READ, this::list)
                .on(POST, STAFF_WRITE, this::create);
        this.record = new Resource("staff/{id:guid}", kernel)
                .on(GET, STAFF_READ, this::read)
                .on(PATCH, STAFF_WRITE, this::change)
                .on(DELETE, STAFF_WRITE, this::delete);
        this.restorations = new Resource("staff/{id:guid}/restore", kernel).on(POST, STAFF_WRITE, this::restore);
    }

    @FunctionName("Staff")
    public HttpResponseMessage staff(
            @HttpTrigger(name = "request", route = "staff", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("StaffMember")
    public HttpResponseMessage staffMember(
            @HttpTrigger(name = "request", route = "staff/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    @FunctionName("StaffMemberRestore")
    public HttpResponseMessage staffMemberRestore(
            @HttpTrigger(name = "request", route = "staff/{id:guid}/restore", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return restorations.handle(request, context);
    }

    private Answer list(Exchange exchange) {
        StaffFilter filter = exchange.query(StaffFilter::read);
        return ANSWERS.listed(exchange, staff.findAll(exchange.caller(), filter));
    }

    private Answer create(Exchange exchange) {
        StaffDraft draft = exchange.body(StaffDraft::read);
        return ANSWERS.created(
                exchange,
                RecordAnswers.key(exchange, "POST /staff")
                        .map(key -> staff.create(exchange.caller(), draft, key))
                        .orElseGet(() -> staff.create(exchange.caller(), draft)));
    }

    private Answer read(Exchange exchange) {
        return ANSWERS.found(staff.findById(exchange.caller(), exchange.pathId("id")));
    }

    private Answer change(Exchange exchange) {
        int version = exchange.expectedVersion();
        StaffPatch patch = exchange.patch(StaffPatch::read);
        return ANSWERS.changed(staff.update(exchange.caller(), exchange.pathId("id"), version, patch));
    }

    private Answer delete(Exchange exchange) {
        int version = exchange.expectedVersion();
        return ANSWERS.deleted(staff.delete(exchange.caller(), exchange.pathId("id"), version));
    }

    private Answer restore(Exchange exchange) {
        return ANSWERS.restored(staff.restore(exchange.caller(), exchange.pathId("id")));
    }
}
