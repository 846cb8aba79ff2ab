package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.Identity;
import com.medspasync.identity.Redemption;
import com.medspasync.identity.Sessions;
import com.medspasync.identity.StepUps;
import com.medspasync.identity.User;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.password.Password;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What somebody who is logged in does about their own sessions. */
public final class SessionFunctions {

    private final Identity identity;
    private final Resource me;
    private final Resource sessions;
    private final Resource session;
    private final Resource stepUp;
    private final Resource password;

    public SessionFunctions(Kernel kernel, Identity identity) {
        this.identity = identity;
        this.me = new Resource("auth/me", kernel).onAuthenticated(HttpMethod.GET, this::whoAmI);
        this.sessions = new Resource("auth/sessions", kernel).onAuthenticated(HttpMethod.GET, this::list);
        this.session = new Resource("auth/sessions/{id:guid}", kernel).onAuthenticated(HttpMethod.DELETE, this::end);
        this.stepUp = new Resource("auth/step-up", kernel).onAuthenticated(HttpMethod.POST, this::prove);
        this.password = new Resource("auth/password", kernel).onAuthenticated(HttpMethod.POST, this::changePassword);
    }

    @FunctionName("AuthMe")
    public HttpResponseMessage me(
            @HttpTrigger(name = "request", route = "auth/me", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return me.handle(request, context);
    }

    @FunctionName("AuthSessions")
    public HttpResponseMessage sessions(
            @HttpTrigger(name = "request", route = "auth/sessions", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return sessions.handle(request, context);
    }

    @FunctionName("AuthSession")
    public HttpResponseMessage session(
            @HttpTrigger(name = "request", route = "auth/sessions/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return session.handle(request, context);
    }

    @FunctionName("AuthStepUp")
    public HttpResponseMessage stepUp(
            @HttpTrigger(name = "request", route = "auth/step-up", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return stepUp.handle(request, context);
    }

    @FunctionName("AuthPassword")
    public HttpResponseMessage password(
            @HttpTrigger(name = "request", route = "auth/password", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return password.handle(request, context);
    }

    private record PasswordChange(Password present, Password chosen) {
        static Parsed<PasswordChange> read(Fields in) {
            Given<Password> present = in.secret("currentPassword", AuthFunctions.UNBOUNDED)
                    .then(Password::typed)
                    .required();
            Given<Password> chosen = in.secret("newPassword", AuthFunctions.UNBOUNDED)
                    .then(Password::chosen)
                    .required();
            return in.finish(() -> new PasswordChange(present.value(), chosen.value()));
        }
    }

    private record SessionBody(
            UUID id,
            boolean current,
            Instant createdAt,
            Instant lastSeen,
            Instant until,
            boolean secondFactor,
            @Nullable String address,
            @Nullable String userAgent) {

        static SessionBody of(Sessions.Session session, Caller caller) {
            return new SessionBody(
                    session.id(),
                    session.id().equals(caller.session()),
                    session.createdAt(),
                    session.lastSeen(),
                    session.until(),
                    session.secondFactor(),
                    session.address(),
                    session.userAgent());
        }
    }

    private record Page(List<SessionBody> value) {}

    /** Who is logged in: what a page needs to show what the user may do. */
    private record Me(
            UUID id,
            UUID practiceId,
            Role role,
            List<Permission> permissions,
            String email,
            boolean secondFactor,
            @Nullable Instant lastLogin) {

        static Me of(LoggedIn caller, User user) {
            return new Me(
                    caller.id(),
                    caller.practiceId(),
                    caller.role(),
                    caller.permissions(),
                    user.email().value(),
                    user.secondFactor(),
                    user.lastLogin());
        }
    }

    private Answer whoAmI(Exchange exchange) {
        Caller caller = exchange.caller();
        return Answer.ok(Me.of(LoggedIn.of(caller), identity.users().self(caller)));
    }

    private Answer list(Exchange exchange) {
        Caller caller = exchange.caller();
        return Answer.ok(new Page(identity.sessions().list(caller, caller.requireUser()).stream()
                .map(session -> SessionBody.of(session, caller))
                .toList()));
    }

    private Answer end(Exchange exchange) {
        UUID id = exchange.pathId("id");
        // One that has ended, or never was the caller's, is as good as ended now.
        identity.sessions().end(exchange.caller(), id);
        return Objects.equals(id, exchange.caller().session())
                ? RefreshCookie.clear(Answer.noContent())
                : Answer.noContent();
    }

    private Answer prove(Exchange exchange) {
        return switch (identity.stepUps().prove(exchange.caller(), exchange.body(Proofs::evidence))) {
            case StepUps.Outcome.Proved(AccessTokens.Issued token) -> Answer.ok(TokenAnswer.of(token));
            case StepUps.Outcome.Refused refused ->
                Answer.problem(
                        ProblemType.FORBIDDEN,
                        "That does not prove who you are. Who has a second factor gives a code.");
            case StepUps.Outcome.Busy(Duration retryAfter) -> AuthFunctions.busy(retryAfter);
        };
    }

    private Answer changePassword(Exchange exchange) {
        PasswordChange change = exchange.body(PasswordChange::read);
        return switch (identity.passwordChanges().change(exchange.caller(), change.present(), change.chosen())) {
            case Redemption.Redeemed redeemed -> Answer.noContent();
            case Redemption.Refused refused ->
                throw exchange.invalid("/currentPassword", "wrong", "is not your password, or your login is locked");
            case Redemption.Unfit(Violation violation) ->
                throw exchange.invalid("/newPassword", violation.code(), violation.message());
            case Redemption.Throttled(Duration retryAfter) -> Answer.tooManyRequests(retryAfter);
            case Redemption.Busy(Duration retryAfter) -> AuthFunctions.busy(retryAfter);
        };
    }
}
