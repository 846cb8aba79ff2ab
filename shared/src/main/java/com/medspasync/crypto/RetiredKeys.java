package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What is done when a statement was refused because its keys are no longer the ones: a key it encrypted with is not accepted, or the
 * versions that blind indexes are kept under are others. It looks for the new ones and tries again. The practice's keys are looked up
 * at most once a second, so a rotation right after a look-up is waited out.
 */
public final class RetiredKeys {

    private static final int MOST_TRIES = 5;
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final KeyHierarchy keys;
    private final PracticeId practice;
    private int tries;

    /** For one write, in {@code practice}. */
    public RetiredKeys(KeyHierarchy keys, PracticeId practice) {
        this.keys = keys;
        this.practice = practice;
    }

    /**
     * Looks for the new ones, and waits for them if it has looked a moment ago.
     *
     * @throws IllegalStateException when no try found keys that are accepted: the practice has none
     */
    public void lookAgain() {
        tries++;
        if (tries == MOST_TRIES) {
            throw new IllegalStateException("practice " + practice + " has no key that is accepted");
        }
        if (tries > 1) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        keys.refresh(practice);
    }
}
