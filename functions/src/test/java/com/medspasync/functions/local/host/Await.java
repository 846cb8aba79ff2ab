package com.medspasync.functions.local.host;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits in tests: as short as can be, and never for ever. */
final class Await {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    /** Returns when {@code condition} holds; one that is not there yet, and says so by throwing, is asked again. */
    static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            RuntimeException failure = null;
            try {
                if (condition.getAsBoolean()) {
                    return;
                }
            } catch (RuntimeException e) {
                failure = e;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + LIMIT, failure);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
