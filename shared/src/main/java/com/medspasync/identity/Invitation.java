package com.medspasync.identity;

/** What became of the wish to have somebody in a practice. */
public sealed interface Invitation {

    /** The user exists, and is told how to choose a password. */
    record Invited(User user) implements Invitation {}

    /** Somebody logs in with this e-mail address already, in whichever practice. */
    record EmailTaken() implements Invitation {}

    /** There is no such practice. */
    record NoPractice() implements Invitation {}
}
