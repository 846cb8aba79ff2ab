package com.medspasync.job;

/** Another worker holds the job now: whoever finds out stops without a trace. */
public final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("another worker has taken over");
    }
}
