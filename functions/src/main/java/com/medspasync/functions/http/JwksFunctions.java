package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.Resource;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.SigningKeyRenewal;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.nimbusds.jose.jwk.JWKSet;
import java.util.Optional;

/** The public keys of the access tokens, for programs that verify tokens themselves. */
public final class JwksFunctions {

    /** Short against {@link SigningKeyRenewal#NOTICE}: a new key is known everywhere before it signs. */
    private static final String CACHING = "public, max-age=300";

    private final AccessTokens tokens;
    private final Resource keys;

    public JwksFunctions(Kernel kernel, AccessTokens tokens) {
        this.tokens = tokens;
        this.keys = new Resource("auth/keys", kernel).onAnonymous(HttpMethod.GET, this::published);
    }

    @FunctionName("AuthKeys")
    public HttpResponseMessage keys(
            @HttpTrigger(name = "request", route = "auth/keys", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return keys.handle(request, context);
    }

    private Answer published(Exchange exchange) {
        return Answer.text(JWKSet.MIME_TYPE, tokens.publishedKeys().toString(true))
                .header("Cache-Control", CACHING);
    }
}
