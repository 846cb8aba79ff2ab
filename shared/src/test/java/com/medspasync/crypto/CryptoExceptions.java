package com.medspasync.crypto;

import java.time.Duration;

/** One of each failure, for tests of what is made of them. The messages stand for what must not be repeated. */
public final class CryptoExceptions {

    private CryptoExceptions() {}

    public static CryptoException tampered(SealContext context, String message) {
        return new TamperedCiphertext(context, message);
    }

    public static CryptoException unknownKey(String message) {
        return new UnknownKeyVersion(message);
    }

    public static CryptoException unavailable(String message, Duration retryAfter) {
        return new KeysUnavailable(message, retryAfter, new IllegalStateException(message));
    }
}
