package com.medspasync.identity;

import java.time.Duration;

/** What became of an attempt to log in. */
public sealed interface LoginOutcome {

    /**
     * The user is in.
     *
     * @param practiceName for people; the platform's own name for an operator
     */
    record LoggedIn(Entry entry, String practiceName) implements LoginOutcome {}

    /**
     * The password is right, and a second factor is asked for.
     *
     * @param ticket stands for the password in the next step
     * @param lifetime for how long
     */
    record SecondFactorNeeded(OneTimeToken ticket, Duration lifetime) implements LoginOutcome {}

    /**
     * Unknown e-mail address, wrong password or code, deactivated, locked: one answer for all of them, because the difference tells a
     * stranger who has a login here. The audit knows.
     */
    record Refused() implements LoginOutcome {}

    /** Too many tries from that network; nothing was looked at. */
    record Throttled(Duration retryAfter) implements LoginOutcome {}

    /** Too many logins at once; nothing was decided. */
    record Busy(Duration retryAfter) implements LoginOutcome {}
}
