package com.medspasync.identity;

import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/** The keys that access tokens are signed and verified with. Thread-safe. */
public interface TokenKeys {

    /** The key to sign with now. */
    SigningKey current();

    /** The public key named {@code kid}; empty when there is none, or its time is over. */
    Optional<ECPublicKey> verifier(String kid);
}
