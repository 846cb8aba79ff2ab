package com.medspasync.identity;

import com.medspasync.input.Violation;
import java.time.Duration;

/** What became of the wish to have another password. */
public sealed interface Redemption {

    /** The new password holds; the token, if there was one, is used up. */
    record Redeemed() implements Redemption {}

    /** Never issued, used, expired, or of a user who is not active; or not the password that was: one answer. */
    record Refused() implements Redemption {}

    /** A password that the user may not have. A token is still good. */
    record Unfit(Violation violation) implements Redemption {}

    /** Too many tries from that network; nothing was looked at. */
    record Throttled(Duration retryAfter) implements Redemption {}

    /** Too many passwords are being hashed; a token is still good. */
    record Busy(Duration retryAfter) implements Redemption {}
}
