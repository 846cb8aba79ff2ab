package com.medspasync.identity;

/** What became of the wish to go on with a session. */
public sealed interface Refreshed {

    /** It goes on, with new tokens; the refresh token that was brought is used up. */
    record GoesOn(Entry entry) implements Refreshed {}

    /**
     * The token was used a moment ago, by another request of the same browser most likely: that one got the next token. Nothing was
     * changed.
     */
    record Raced() implements Refreshed {}

    /**
     * Never issued, or of a session that has ended: now, if the token had been used before, because then two have it and one of them is not
     * the user.
     */
    record Refused() implements Refreshed {}
}
