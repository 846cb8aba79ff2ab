package com.medspasync.identity;

import java.time.Duration;

/** What became of an attempt to log in. */
public sealed interface LoginOutcome {

    /**
     * The user is in.
     *
     * @param practiceName for people; the platform's own name for an operator
     */
    record LoggedIn(AccessTokens.Issued token, Authenticated user, String practiceName) implements LoginOutcome {}

    /**
     * Unknown e-mail address, wrong password, deactivated, locked: one answer for all of them, because the difference tells a stranger
     * who has a login here. The audit knows.
     */
    record Refused() implements LoginOutcome {}

    /** Too many logins at once; nothing was decided. */
    record Busy(Duration retryAfter) implements LoginOutcome {}
}
