package com.medspasync.functions.http;

import com.medspasync.contact.EmailAddress;
import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.identity.PasswordResets;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.time.Duration;
import java.util.Optional;

/** For who has forgotten the password. */
public final class PasswordResetFunctions {

    private final PasswordResets resets;
    private final Resource reset;

    public PasswordResetFunctions(Kernel kernel, PasswordResets resets) {
        this.resets = resets;
        this.reset = new Resource("auth/reset", kernel).onAnonymous(HttpMethod.POST, this::ask);
    }

    @FunctionName("AuthReset")
    public HttpResponseMessage reset(
            @HttpTrigger(name = "request", route = "auth/reset", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return reset.handle(request, context);
    }

    private record Wish(EmailAddress email) {

        static Parsed<Wish> read(Fields in) {
            Given<EmailAddress> email = in.text("email", EmailAddress.MAX_LENGTH)
                    .then(EmailAddress::parse)
                    .required();
            return in.finish(() -> new Wish(email.value()));
        }
    }

    private Answer ask(Exchange exchange) {
        Wish wish = exchange.body(Wish::read);
        return switch (resets.ask(wish.email(), exchange.origin())) {
            case PasswordResets.Reply.Taken() -> Answer.accepted();
            case PasswordResets.Reply.Throttled(Duration retryAfter) -> Answer.tooManyRequests(retryAfter);
        };
    }
}
