package com.medspasync.crypto;

import org.jspecify.annotations.Nullable;

/**
 * Something could not be sealed or opened. Messages name practice, table, column and record, never plaintext or key
 * material, so they may be logged.
 */
public abstract sealed class CryptoException extends RuntimeException
        permits TamperedCiphertext, UnknownKeyVersion, KeysUnavailable {

    CryptoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
