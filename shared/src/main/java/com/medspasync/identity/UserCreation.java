package com.medspasync.identity;

import java.util.UUID;

/** What became of the wish to add a user. */
public sealed interface UserCreation {

    /** The user exists, and can log in as soon as a password is set. */
    record Created(UUID id) implements UserCreation {}

    /** Somebody logs in with this e-mail address already, in whichever practice. */
    record EmailTaken() implements UserCreation {}

    /** Too many passwords are being hashed; nothing was changed. */
    record Busy() implements UserCreation {}
}
