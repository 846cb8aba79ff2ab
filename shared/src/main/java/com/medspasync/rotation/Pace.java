package com.medspasync.rotation;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast a rotation may go.
 *
 * @param batch how many things are moved by one statement, 1 to 10,000
 * @param perSecond the most that are moved in a second, at least 1: what is left of the database belongs to the practices
 * @param turn how long one message is worked on, before the next one goes on
 * @param settle the longest that a statement of a writer may run, and some more
 */
public record Pace(int batch, int perSecond, Duration turn, Duration settle) {

    /** For a platform whose statements end after 10 seconds. */
    public static final Pace USUAL = new Pace(200, 4_000, Duration.ofMinutes(5), Duration.ofSeconds(15));

    public Pace {
        if (batch < 1 || batch > 10_000 || perSecond < 1) {
            throw new IllegalArgumentException("a batch has 1 to 10,000, and a second at least 1");
        }
    }

    /** Waits until {@code moved} things that took {@code nanos} are no more than a second's share. */
    void rest(long moved, long nanos) {
        long share = moved * 1_000_000_000L / perSecond;
        if (share > nanos) {
            LockSupport.parkNanos(share - nanos);
        }
    }
}
