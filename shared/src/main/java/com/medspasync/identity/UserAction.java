package com.medspasync.identity;

/** What became of what an administrator wanted done about somebody's login. */
public sealed interface UserAction {

    /** It is done, also where there was nothing to do. */
    record Done() implements UserAction {}

    /** The practice has no such user. */
    record Missing() implements UserAction {}

    /** Nothing was done. */
    record Refused(Reason reason) implements UserAction {}

    /** Why. */
    enum Reason {
        /** For oneself there is another way, which asks for more. */
        ONESELF,
        /** The user may not log in. */
        INACTIVE,
        /** The invitation was redeemed. */
        HAS_PASSWORD,
        /** The invitation has yet to be redeemed. */
        NO_PASSWORD
    }
}
