package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.AccessTokens;
import com.medspasync.tenant.Origin;

/** Has the kernel's requests authenticated by identity's access tokens. Thread-safe. */
public final class BearerTokens implements AccessTokens {

    private final com.medspasync.token.AccessTokens tokens;

    public BearerTokens(com.medspasync.token.AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Verification verify(String token, Origin origin) {
        return switch (tokens.verify(token)) {
            case com.medspasync.token.Verification.Verified verified ->
                new Verification.Verified(
                        verified.user().caller(origin),
                        verified.user().proof().at(),
                        verified.user().enrolmentOnly());
            case com.medspasync.token.Verification.Rejected rejected ->
                new Verification.Rejected(rejected.reason().name());
        };
    }
}
