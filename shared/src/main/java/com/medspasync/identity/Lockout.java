package com.medspasync.identity;

import java.time.Duration;

/**
 * When wrong passwords lock a login: at the {@code allowed}-th in a row for {@code first}, and at each one after that for twice
 * as long as before, up to {@code longest}. Attempts during a lock count for nothing and do not prolong it.
 *
 * @param allowed the wrong passwords in a row that lock, at least 1
 */
public record Lockout(int allowed, Duration first, Duration longest) {

    public Lockout {
        if (allowed < 1 || !first.isPositive() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("a lockout allows at least one attempt and lasts longer each time");
        }
    }

    /** A minute after the fifth, an hour at most: some 30 guesses a day, while a user who mistypes waits a minute. */
    public static Lockout standard() {
        return new Lockout(5, Duration.ofMinutes(1), Duration.ofHours(1));
    }
}
