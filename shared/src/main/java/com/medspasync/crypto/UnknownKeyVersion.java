package com.medspasync.crypto;

/**
 * The key that is needed is not there, also not after looking once more: deleted, never published, or the version in the
 * ciphertext was altered. Repeating the request will not help.
 */
public final class UnknownKeyVersion extends CryptoException {

    UnknownKeyVersion(String message) {
        super(message, null);
    }
}
