package com.medspasync.job;

import java.time.Duration;
import java.util.UUID;

/** Tells the workers that a job has work to do. A message may arrive more than once, or late. Thread-safe. */
@FunctionalInterface
public interface JobQueue {

    /**
     * Sends a message.
     *
     * @param delay after which it is delivered, zero to 7 days
     * @throws QueueUnavailable when the queue does not take it
     */
    void send(UUID job, Duration delay);
}
