package com.medspasync.functions.http;

import com.medspasync.token.AccessTokens;

/** An access token and how many seconds it serves, as RFC 6749, section 5.1, shapes it. */
record TokenAnswer(String accessToken, String tokenType, long expiresIn) {

    static TokenAnswer of(AccessTokens.Issued issued) {
        return new TokenAnswer(issued.token(), "Bearer", issued.expiresIn().toSeconds());
    }

    @Override
    public String toString() {
        return "TokenAnswer[hidden]";
    }
}
