package com.medspasync.job;

/** The queue did not take a message. What it was about stands in the database, and is announced again. */
public final class QueueUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public QueueUnavailable(Throwable cause) {
        super("the queue did not take a message", cause);
    }
}
