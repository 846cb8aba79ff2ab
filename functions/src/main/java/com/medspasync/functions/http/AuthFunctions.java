package com.medspasync.functions.http;

import com.medspasync.contact.EmailAddress;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.LoginOutcome;
import com.medspasync.identity.Logins;
import com.medspasync.identity.OneTimeTokens;
import com.medspasync.identity.Password;
import com.medspasync.identity.Redemption;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Logging in, choosing a password with a one-time token, and who one is. */
public final class AuthFunctions {

    /** Above what any text may have: how long a password may be is {@link Password}'s to say, in bytes. */
    private static final int UNBOUNDED = Exchange.MAX_BODY;

    private final Logins logins;
    private final OneTimeTokens oneTimeTokens;
    private final Resource login;
    private final Resource redeem;
    private final Resource me;

    public AuthFunctions(Kernel kernel, Logins logins, OneTimeTokens oneTimeTokens) {
        this.logins = logins;
        this.oneTimeTokens = oneTimeTokens;
        this.login = new Resource("auth/login", kernel).onAnonymous(HttpMethod.POST, this::logIn);
        this.redeem = new Resource("auth/redeem", kernel).onAnonymous(HttpMethod.POST, this::choosePassword);
        this.me = new Resource("auth/me", kernel).onAuthenticated(HttpMethod.GET, AuthFunctions::whoAmI);
    }

    @FunctionName("AuthLogin")
    public HttpResponseMessage login(
            @HttpTrigger(name = "request", route = "auth/login", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return login.handle(request, context);
    }

    @FunctionName("AuthRedeem")
    public HttpResponseMessage redeem(
            @HttpTrigger(name = "request", route = "auth/redeem", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return redeem.handle(request, context);
    }

    @FunctionName("AuthMe")
    public HttpResponseMessage me(
            @HttpTrigger(name = "request", route = "auth/me", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return me.handle(request, context);
    }

    private record Credentials(EmailAddress email, Password password) {
        static Parsed<Credentials> read(Fields in) {
            Given<EmailAddress> email = in.text("email", EmailAddress.MAX_LENGTH)
                    .then(EmailAddress::parse)
                    .required();
            Given<Password> password =
                    in.secret("password", UNBOUNDED).then(Password::typed).required();
            return in.finish(() -> new Credentials(email.value(), password.value()));
        }
    }

    private record Choice(String token, Password password) {
        static Parsed<Choice> read(Fields in) {
            Given<String> token = in.secret("token", 200).required();
            Given<Password> password =
                    in.secret("password", UNBOUNDED).then(Password::chosen).required();
            return in.finish(() -> new Choice(token.value(), password.value()));
        }

        @Override
        public String toString() {
            return "Choice[hidden]";
        }
    }

    /** Who is logged in: what a page needs to show what the user may do. */
    private record Me(UUID id, UUID practiceId, Role role, List<Permission> permissions) {
        static Me of(Caller caller) {
            return new Me(
                    Objects.requireNonNull(caller.user()),
                    caller.practice().value(),
                    Objects.requireNonNull(caller.role()),
                    Arrays.stream(Permission.values()).filter(caller::may).toList());
        }
    }

    private record LoginAnswer(String accessToken, String tokenType, long expiresIn, Me user, String practiceName) {
        @Override
        public String toString() {
            return "LoginAnswer[hidden]";
        }
    }

    private Answer logIn(Exchange exchange) {
        Credentials credentials = exchange.body(Credentials::read);
        return switch (logins.login(credentials.email(), credentials.password(), exchange.origin())) {
            case LoginOutcome.LoggedIn in ->
                Answer.ok(new LoginAnswer(
                        in.token().token(),
                        "Bearer",
                        in.token().expiresIn().toSeconds(),
                        Me.of(in.user().caller(exchange.origin())),
                        in.practiceName()));
            case LoginOutcome.Refused refused ->
                Answer.problem(
                                ProblemType.UNAUTHENTICATED,
                                "No login is open for this e-mail address with this password.")
                        .header("WWW-Authenticate", "Bearer realm=\"medspasync\"");
            case LoginOutcome.Busy(Duration retryAfter) -> busy(retryAfter);
        };
    }

    private Answer choosePassword(Exchange exchange) {
        Choice choice = exchange.body(Choice::read);
        return switch (oneTimeTokens.redeem(choice.token(), choice.password(), exchange.origin())) {
            case Redemption.Redeemed redeemed -> Answer.noContent();
            case Redemption.Refused refused ->
                throw exchange.invalid("/token", "unusable", "was used, has expired, or was never issued");
            case Redemption.Busy(Duration retryAfter) -> busy(retryAfter);
        };
    }

    private static Answer whoAmI(Exchange exchange) {
        return Answer.ok(Me.of(exchange.caller()));
    }

    private static Answer busy(Duration retryAfter) {
        return Answer.unavailable(retryAfter, "Too many passwords are being verified. Nothing was decided.");
    }
}
