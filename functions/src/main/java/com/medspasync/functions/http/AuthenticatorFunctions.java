package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.Authenticators;
import com.medspasync.identity.RecoveryCode;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.List;
import java.util.Optional;

/** A user's own second factor. */
public final class AuthenticatorFunctions {

    private final Authenticators authenticators;
    private final Resource authenticator;
    private final Resource confirmation;
    private final Resource recoveryCodes;

    public AuthenticatorFunctions(Kernel kernel, Authenticators authenticators) {
        this.authenticators = authenticators;
        this.authenticator = new Resource("auth/authenticator", kernel)
                .onFresh(HttpMethod.POST, this::begin)
                .onFresh(HttpMethod.DELETE, this::remove);
        this.confirmation =
                new Resource("auth/authenticator/confirm", kernel).onAuthenticated(HttpMethod.POST, this::confirm);
        this.recoveryCodes =
                new Resource("auth/recovery-codes", kernel).onFresh(HttpMethod.POST, this::renewRecoveryCodes);
    }

    @FunctionName("AuthAuthenticator")
    public HttpResponseMessage authenticator(
            @HttpTrigger(name = "request", route = "auth/authenticator", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return authenticator.handle(request, context);
    }

    @FunctionName("AuthAuthenticatorConfirm")
    public HttpResponseMessage confirmation(
            @HttpTrigger(
                            name = "request",
                            route = "auth/authenticator/confirm",
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return confirmation.handle(request, context);
    }

    @FunctionName("AuthRecoveryCodes")
    public HttpResponseMessage recoveryCodes(
            @HttpTrigger(name = "request", route = "auth/recovery-codes", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return recoveryCodes.handle(request, context);
    }

    private record BegunAnswer(String secret, String uri) {
        @Override
        public String toString() {
            return "BegunAnswer[hidden]";
        }
    }

    private record CodesAnswer(List<String> recoveryCodes) {
        static CodesAnswer of(List<RecoveryCode> codes) {
            return new CodesAnswer(codes.stream().map(RecoveryCode::reveal).toList());
        }

        @Override
        public String toString() {
            return "CodesAnswer[hidden]";
        }
    }

    private record ConfirmedAnswer(List<String> recoveryCodes, String accessToken, String tokenType, long expiresIn) {

        static ConfirmedAnswer of(Authenticators.Confirmed confirmed) {
            TokenAnswer token = TokenAnswer.of(confirmed.token());
            return new ConfirmedAnswer(
                    CodesAnswer.of(confirmed.codes()).recoveryCodes(),
                    token.accessToken(),
                    token.tokenType(),
                    token.expiresIn());
        }

        @Override
        public String toString() {
            return "ConfirmedAnswer[hidden]";
        }
    }

    private Answer begin(Exchange exchange) {
        return authenticators
                .begin(exchange.caller())
                .map(begun -> Answer.ok(
                        new BegunAnswer(begun.secret().reveal(), begun.secret().otpauthUri(begun.account()))))
                .orElseGet(() -> Answer.problem(
                        ProblemType.CONFLICT, "You have an authenticator. Give it up before you set up another."));
    }

    private Answer confirm(Exchange exchange) {
        return authenticators
                .confirm(exchange.caller(), exchange.body(Proofs::code))
                .map(confirmed -> Answer.ok(ConfirmedAnswer.of(confirmed)))
                .orElseThrow(() -> exchange.invalid(
                        "/code", "wrong", "is not what the authenticator shows now, or none is being set up"));
    }

    private Answer remove(Exchange exchange) {
        return authenticators.remove(exchange.caller())
                ? Answer.noContent()
                : Answer.problem(ProblemType.CONFLICT, "Your practice asks a second factor of your role.");
    }

    private Answer renewRecoveryCodes(Exchange exchange) {
        return authenticators
                .newCodes(exchange.caller())
                .map(codes -> Answer.ok(CodesAnswer.of(codes)))
                .orElseGet(() -> Answer.problem(ProblemType.CONFLICT, "You have no authenticator."));
    }
}
