package com.medspasync.rotation;

/** Another worker holds the rotation now: whoever finds out stops without a trace. */
final class LeaseLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLost() {
        super("another worker has taken over");
    }
}
