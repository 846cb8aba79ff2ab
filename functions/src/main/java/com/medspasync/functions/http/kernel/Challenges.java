package com.medspasync.functions.http.kernel;

import com.medspasync.identity.StepUps;

/** The answers that ask a caller who they are (RFC 6750, section 3; RFC 9470). */
final class Challenges {

    private static final String HEADER = "WWW-Authenticate";
    private static final String BEARER = "Bearer realm=\"medspasync\"";

    private Challenges() {}

    /** 401: no access token was sent. */
    static Answer logIn() {
        return logIn("Log in and send the access token.");
    }

    /** 401 for a reason that {@code detail} tells people. */
    static Answer logIn(String detail) {
        return Answer.problem(ProblemType.UNAUTHENTICATED, detail).header(HEADER, BEARER);
    }

    /** 401: the access token is none of ours, has expired, or its session has ended; which of them is not told. */
    static Answer invalidToken() {
        return Answer.problem(ProblemType.UNAUTHENTICATED, "The access token is not valid any more.")
                .header(HEADER, BEARER + ", error=\"invalid_token\"");
    }

    /** 401: the token is good, but it is too long ago that its user was proved. */
    static Answer proveAgain() {
        return Answer.problem(
                        ProblemType.STEP_UP_REQUIRED,
                        "Prove again who you are (POST /auth/step-up) and send the access token that you get.")
                .header(
                        HEADER,
                        BEARER + ", error=\"insufficient_user_authentication\", max_age=\"" + StepUps.FRESH.toSeconds()
                                + "\"");
    }
}
