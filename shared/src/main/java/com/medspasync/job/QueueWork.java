package com.medspasync.job;

import java.util.UUID;

/** What is done when a queue brings an id. The same message may come more than once. Thread-safe. */
public interface QueueWork {

    /**
     * Works on what the id names.
     *
     * @throws RuntimeException what went wrong, if it may pass: the message is to come again
     */
    void run(UUID id);

    /** Puts on record that the message has come too often. */
    void giveUp(UUID id);
}
