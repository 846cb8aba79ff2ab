package com.medspasync.keyvault;

import java.time.Duration;
import java.util.Map;

/** What requests meet instead of the vault, or before it. */
public sealed interface Trouble {

    /** An answer without any work, such as 429 with Retry-After, or 503. */
    record Refusal(int status, Map<String, String> headers) implements Trouble {
        public Refusal {
            headers = Map.copyOf(headers);
        }
    }

    /** The right answer, late. */
    record Slowness(Duration delay) implements Trouble {}

    /** A connection that ends without an answer. */
    record HangUp() implements Trouble {}
}
