package com.medspasync.identity;

/** What became of the wish to change a user. */
public sealed interface UserChange {

    /** The user as they are now. */
    record Changed(User user) implements UserChange {}

    /** The practice has no such user. */
    record Missing() implements UserChange {}

    /** Somebody else changed the user first. */
    record Stale() implements UserChange {}

    /** Nobody changes their own role, or shuts themselves out. */
    record Oneself() implements UserChange {}

    /** Nobody would be left who runs the practice: no other administrator is active and has chosen a password. */
    record LastAdmin() implements UserChange {}
}
