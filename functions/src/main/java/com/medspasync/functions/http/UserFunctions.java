package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.USER_READ;
import static com.medspasync.tenant.Permission.USER_WRITE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.Identity;
import com.medspasync.identity.Invitation;
import com.medspasync.identity.Invitations;
import com.medspasync.identity.User;
import com.medspasync.identity.UserChange;
import com.medspasync.identity.UserFilter;
import com.medspasync.identity.UserPatch;
import com.medspasync.input.Violation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The users of a practice over HTTP; of the platform, where an operator names no practice. There is no DELETE: users are deactivated. */
public final class UserFunctions {

    private final Identity identity;
    private final Resource collection;
    private final Resource record;

    public UserFunctions(Kernel kernel, Identity identity) {
        this.identity = identity;
        this.collection = new Resource("users", kernel)
                .onQuery(GET, USER_READ, this::list)
                .on(POST, USER_WRITE, this::invite);
        this.record = new Resource("users/{id:guid}", kernel)
                .on(GET, USER_READ, this::read)
                .on(PATCH, USER_WRITE, this::change);
    }

    @FunctionName("Users")
    public HttpResponseMessage users(
            @HttpTrigger(name = "request", route = "users", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return collection.handle(request, context);
    }

    @FunctionName("User")
    public HttpResponseMessage user(
            @HttpTrigger(name = "request", route = "users/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return record.handle(request, context);
    }

    /** @param nextLink null on the last page */
    private record Page(List<UserBody> value, @Nullable String nextLink) {}

    private Answer list(Exchange exchange) {
        Caller caller = exchange.caller();
        UserFilter filter = exchange.query(in -> UserFilter.read(in, caller.practice()));
        return switch (identity.directory().list(caller, filter)) {
            case Lookup.Found<Listing<User>>(Listing.Page<User>(var users, var next)) ->
                Answer.ok(new Page(
                        users.stream().map(UserBody::inList).toList(), next == null ? null : exchange.nextLink(next)));
            case Lookup.Found<Listing<User>>(Listing.BadCursor<User>()) ->
                Answer.invalid(
                        List.of(new Violation("cursor", "cursor", "must come from a page of this same question")));
            case Lookup.Missing<Listing<User>>() -> noPractice();
            case Lookup.Gone<Listing<User>>() -> noPractice();
            case Lookup.Shredded<Listing<User>>() -> noPractice();
        };
    }

    private Answer invite(Exchange exchange) {
        Caller caller = exchange.caller();
        Invitations.Guest guest = exchange.body(in -> Invitations.Guest.read(in, caller.practice()));
        return switch (identity.invitations().invite(caller, guest)) {
            case Invitation.Invited(User user) ->
                Answer.created(exchange.child(user.id()), UserBody.of(user)).etag(user.version());
            case Invitation.EmailTaken() ->
                Answer.problem(ProblemType.CONFLICT, "Somebody logs in with this e-mail address already.")
                        .extension("field", "/email");
            case Invitation.NoPractice() -> noPractice();
        };
    }

    private Answer read(Exchange exchange) {
        return switch (identity.directory().find(exchange.caller(), exchange.pathId("id"))) {
            case Lookup.Found<User>(User user) -> shown(user);
            case Lookup.Missing<User>() -> missing();
            case Lookup.Gone<User>() -> missing();
            case Lookup.Shredded<User>() -> missing();
        };
    }

    private Answer change(Exchange exchange) {
        Caller caller = exchange.caller();
        int version = exchange.expectedVersion();
        UserPatch patch = exchange.patch(in -> UserPatch.read(in, caller.practice()));
        return switch (identity.userChanges().change(caller, exchange.pathId("id"), version, patch)) {
            case UserChange.Changed(User user) -> shown(user);
            case UserChange.Missing() -> missing();
            case UserChange.Stale() ->
                Answer.problem(ProblemType.STALE, "Somebody else changed the user. Read it again.");
            case UserChange.Oneself() ->
                Answer.problem(ProblemType.FORBIDDEN, "Nobody changes their own role, or shuts themselves out.");
            case UserChange.LastAdmin() ->
                Answer.problem(
                        ProblemType.CONFLICT,
                        "No other administrator is active and has chosen a password. One has to be left.");
        };
    }

    private static Answer shown(User user) {
        return Answer.ok(UserBody.of(user)).etag(user.version());
    }

    static Answer missing() {
        return Answer.problem(ProblemType.NOT_FOUND, "The practice has no such user.");
    }

    static Answer noPractice() {
        return Answer.problem(ProblemType.NOT_FOUND, "There is no such practice.");
    }
}
