package com.medspasync.identity;

import java.time.Duration;

/** What became of a one-time token that somebody brought. */
public sealed interface Redemption {

    /** The token is used up and the new password holds. */
    record Redeemed() implements Redemption {}

    /** Never issued, used, expired, or of a user who is not active: one answer. */
    record Refused() implements Redemption {}

    /** Too many passwords are being hashed; the token is still good. */
    record Busy(Duration retryAfter) implements Redemption {}
}
