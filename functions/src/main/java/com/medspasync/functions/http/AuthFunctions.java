package com.medspasync.functions.http;

import com.medspasync.contact.EmailAddress;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.Entry;
import com.medspasync.identity.Identity;
import com.medspasync.identity.LoginOutcome;
import com.medspasync.identity.Redemption;
import com.medspasync.identity.RefreshToken;
import com.medspasync.identity.Refreshed;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.password.Password;
import com.medspasync.tenant.Caller;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.Optional;

/** Getting in, staying in and getting out: what is asked before, or without, an access token. */
public final class AuthFunctions {

    /** Above what any text may have: how long a password may be is {@link Password}'s to say, in bytes. */
    static final int UNBOUNDED = Exchange.MAX_BODY;

    private final Identity identity;
    private final RefreshCookie cookie;
    private final Resource login;
    private final Resource secondFactor;
    private final Resource refresh;
    private final Resource logout;
    private final Resource redeem;

    public AuthFunctions(Kernel kernel, Identity identity) {
        this.identity = identity;
        this.cookie = new RefreshCookie(kernel.settings().corsOrigins());
        this.login = new Resource("auth/login", kernel).onAnonymous(HttpMethod.POST, this::logIn);
        this.secondFactor =
                new Resource("auth/second-factor", kernel).onAnonymous(HttpMethod.POST, this::giveSecondFactor);
        this.refresh = new Resource("auth/refresh", kernel).onAnonymous(HttpMethod.POST, this::goOn);
        this.logout = new Resource("auth/logout", kernel).onAnonymous(HttpMethod.POST, this::logOut);
        this.redeem = new Resource("auth/redeem", kernel).onAnonymous(HttpMethod.POST, this::choosePassword);
    }

    @FunctionName("AuthLogin")
    public HttpResponseMessage login(
            @HttpTrigger(name = "request", route = "auth/login", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return login.handle(request, context);
    }

    @FunctionName("AuthSecondFactor")
    public HttpResponseMessage secondFactor(
            @HttpTrigger(name = "request", route = "auth/second-factor", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return secondFactor.handle(request, context);
    }

    @FunctionName("AuthRefresh")
    public HttpResponseMessage refresh(
            @HttpTrigger(name = "request", route = "auth/refresh", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return refresh.handle(request, context);
    }

    @FunctionName("AuthLogout")
    public HttpResponseMessage logout(
            @HttpTrigger(name = "request", route = "auth/logout", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return logout.handle(request, context);
    }

    @FunctionName("AuthRedeem")
    public HttpResponseMessage redeem(
            @HttpTrigger(name = "request", route = "auth/redeem", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return redeem.handle(request, context);
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

    private record LoginAnswer(
            String accessToken,
            String tokenType,
            long expiresIn,
            boolean secondFactorRequired,
            LoggedIn user,
            String practiceName) {

        static LoginAnswer of(Entry entry, Caller caller, String practiceName) {
            TokenAnswer token = TokenAnswer.of(entry.token());
            return new LoginAnswer(
                    token.accessToken(),
                    token.tokenType(),
                    token.expiresIn(),
                    entry.user().enrolmentOnly(),
                    LoggedIn.of(caller),
                    practiceName);
        }

        @Override
        public String toString() {
            return "LoginAnswer[hidden]";
        }
    }

    private record TicketAnswer(String ticket, long expiresIn) {
        @Override
        public String toString() {
            return "TicketAnswer[hidden]";
        }
    }

    private Answer logIn(Exchange exchange) {
        Credentials credentials = exchange.body(Credentials::read);
        return answer(
                identity.logins().login(credentials.email(), credentials.password(), exchange.origin()),
                exchange,
                "No login is open for this e-mail address with this password.");
    }

    private Answer giveSecondFactor(Exchange exchange) {
        Proofs.Second second = exchange.body(Proofs.Second::read);
        return answer(
                identity.secondFactorLogins().login(second.ticket(), second.factor(), exchange.origin()),
                exchange,
                "No login is open for this ticket with this code.");
    }

    private static Answer answer(LoginOutcome outcome, Exchange exchange, String refusal) {
        return switch (outcome) {
            case LoginOutcome.LoggedIn(Entry entry, String practiceName) ->
                RefreshCookie.set(
                        Answer.ok(LoginAnswer.of(entry, entry.user().caller(exchange.origin()), practiceName)), entry);
            case LoginOutcome.SecondFactorNeeded needed ->
                Answer.accepted(new TicketAnswer(
                        needed.ticket().reveal(), needed.lifetime().toSeconds()));
            case LoginOutcome.Refused refused -> Answer.unauthenticated(refusal);
            case LoginOutcome.Throttled(Duration retryAfter) -> Answer.tooManyRequests(retryAfter);
            case LoginOutcome.Busy(Duration retryAfter) -> busy(retryAfter);
        };
    }

    private Answer goOn(Exchange exchange) {
        Optional<RefreshToken> token = cookie.read(exchange);
        if (token.isEmpty()) {
            return RefreshCookie.clear(ended());
        }
        return switch (identity.sessions().refresh(token.get(), exchange.origin())) {
            case Refreshed.GoesOn(Entry entry) -> RefreshCookie.set(Answer.ok(TokenAnswer.of(entry.token())), entry);
            // The cookie stays: another request of this browser has just got the one that counts.
            case Refreshed.Raced raced ->
                Answer.problem(ProblemType.CONFLICT, "Another request has just done this. Repeat it with its cookie.")
                        .retryAfter(Duration.ofSeconds(1));
            case Refreshed.Refused refused -> RefreshCookie.clear(ended());
        };
    }

    private Answer logOut(Exchange exchange) {
        cookie.read(exchange).ifPresent(token -> identity.sessions().logOut(token, exchange.origin()));
        return RefreshCookie.clear(Answer.noContent());
    }

    private Answer choosePassword(Exchange exchange) {
        Choice choice = exchange.body(Choice::read);
        return switch (identity.oneTimeTokens().redeem(choice.token(), choice.password(), exchange.origin())) {
            case Redemption.Redeemed redeemed -> Answer.noContent();
            case Redemption.Refused refused ->
                throw exchange.invalid("/token", "unusable", "was used, has expired, or was never issued");
            case Redemption.Unfit(Violation violation) ->
                throw exchange.invalid("/password", violation.code(), violation.message());
            case Redemption.Throttled(Duration retryAfter) -> Answer.tooManyRequests(retryAfter);
            case Redemption.Busy(Duration retryAfter) -> busy(retryAfter);
        };
    }

    private static Answer ended() {
        return Answer.unauthenticated("There is no session to go on with. Log in.");
    }

    static Answer busy(Duration retryAfter) {
        return Answer.unavailable(retryAfter, "Too many passwords are being verified. Nothing was decided.");
    }
}
