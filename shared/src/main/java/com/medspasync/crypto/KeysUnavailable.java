package com.medspasync.crypto;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The store of the root keys does not answer and what was cached has expired. The same request may succeed later. */
public final class KeysUnavailable extends CryptoException {

    private final Duration retryAfter;

    KeysUnavailable(String message, Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    /** How long to wait before asking again; positive. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
