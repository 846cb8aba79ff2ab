package com.medspasync.functions.local.host;

import java.util.ArrayDeque;
import java.util.Queue;

/** Holds HTTP functions to the limits of host.json. Thread-safe. */
final class HttpThrottle {

    private final HostJson.Http limits;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    HttpThrottle(HostJson.Http limits) {
        this.limits = limits;
    }

    /**
     * Runs {@code start} now or when its turn comes; each one that ran owes a {@link #finished}.
     *
     * @return false if there are too many already, and {@code start} will not run
     */
    boolean admit(Runnable start) {
        synchronized (this) {
            if (running + waiting.size() >= limits.maxOutstandingRequests()) {
                return false;
            }
            if (running >= limits.maxConcurrentRequests()) {
                waiting.add(start);
                return true;
            }
            running++;
        }
        start.run();
        return true;
    }

    void finished() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                running--;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
