package com.medspasync.functions.http;

import static com.medspasync.tenant.Permission.USER_WRITE;
import static com.microsoft.azure.functions.HttpMethod.POST;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.Identity;
import com.medspasync.identity.UserAction;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** What administrators do about other people's logins, over HTTP. */
public final class UserRescueFunctions {

    private final Identity identity;
    private final Resource invitation;
    private final Resource passwordReset;
    private final Resource secondFactorReset;
    private final Resource sessionsEnd;
    private final Resource unlock;

    public UserRescueFunctions(Kernel kernel, Identity identity) {
        this.identity = identity;
        this.invitation = new Resource("users/{id:guid}/invitation", kernel).on(POST, USER_WRITE, this::inviteAgain);
        this.passwordReset =
                new Resource("users/{id:guid}/reset-password", kernel).on(POST, USER_WRITE, this::resetPassword);
        this.secondFactorReset = new Resource("users/{id:guid}/reset-second-factor", kernel)
                .on(POST, USER_WRITE, this::resetSecondFactor);
        this.sessionsEnd = new Resource("users/{id:guid}/end-sessions", kernel).on(POST, USER_WRITE, this::endSessions);
        this.unlock = new Resource("users/{id:guid}/unlock", kernel).on(POST, USER_WRITE, this::unlock);
    }

    @FunctionName("UserInvitation")
    public HttpResponseMessage invitation(
            @HttpTrigger(
                            name = "request",
                            route = "users/{id:guid}/invitation",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return invitation.handle(request, context);
    }

    @FunctionName("UserPasswordReset")
    public HttpResponseMessage passwordReset(
            @HttpTrigger(
                            name = "request",
                            route = "users/{id:guid}/reset-password",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return passwordReset.handle(request, context);
    }

    @FunctionName("UserSecondFactorReset")
    public HttpResponseMessage secondFactorReset(
            @HttpTrigger(
                            name = "request",
                            route = "users/{id:guid}/reset-second-factor",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return secondFactorReset.handle(request, context);
    }

    @FunctionName("UserSessionsEnd")
    public HttpResponseMessage sessionsEnd(
            @HttpTrigger(
                            name = "request",
                            route = "users/{id:guid}/end-sessions",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return sessionsEnd.handle(request, context);
    }

    @FunctionName("UserUnlock")
    public HttpResponseMessage unlock(
            @HttpTrigger(name = "request", route = "users/{id:guid}/unlock", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return unlock.handle(request, context);
    }

    private Answer inviteAgain(Exchange exchange) {
        return answer(identity.invitations().again(exchange.caller(), exchange.pathId("id")), Answer.accepted());
    }

    private Answer resetPassword(Exchange exchange) {
        return answer(identity.passwordResets().askFor(exchange.caller(), exchange.pathId("id")), Answer.accepted());
    }

    private Answer resetSecondFactor(Exchange exchange) {
        return answer(
                identity.rescue().resetSecondFactor(exchange.caller(), exchange.pathId("id")), Answer.noContent());
    }

    private Answer unlock(Exchange exchange) {
        return answer(identity.rescue().unlock(exchange.caller(), exchange.pathId("id")), Answer.noContent());
    }

    private Answer endSessions(Exchange exchange) {
        return identity.sessions()
                        .endAll(exchange.caller(), exchange.pathId("id"))
                        .isPresent()
                ? Answer.noContent()
                : UserFunctions.missing();
    }

    private static Answer answer(UserAction action, Answer done) {
        return switch (action) {
            case UserAction.Done() -> done;
            case UserAction.Missing() -> UserFunctions.missing();
            case UserAction.Refused(UserAction.Reason reason) -> refused(reason);
        };
    }

    private static Answer refused(UserAction.Reason reason) {
        return switch (reason) {
            case ONESELF ->
                Answer.problem(ProblemType.FORBIDDEN, "Your own is yours to give up: DELETE /auth/authenticator.");
            case INACTIVE -> Answer.problem(ProblemType.CONFLICT, "The user is deactivated.");
            case HAS_PASSWORD ->
                Answer.problem(ProblemType.CONFLICT, "The user has a password. POST to /reset-password instead.");
            case NO_PASSWORD ->
                Answer.problem(ProblemType.CONFLICT, "The user has no password yet. POST to /invitation instead.");
        };
    }
}
