package com.medspasync.token;

import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPublicKey;
import java.util.Optional;

/** The keys that access tokens are signed and verified with. Thread-safe. */
public interface TokenKeys {

    /** The key to sign with now. */
    SigningKey current();

    /** The public key named {@code kid}; empty when there is none, or its time is over. */
    Optional<ECPublicKey> verifier(String kid);

    /**
     * The public keys to hand to whoever wants to verify tokens without asking us (RFC 7517): all that verify now, those among them that do not sign yet
     * as well, so that they are known before they do. Each has kty, crv, x, y, kid, use and alg, and no private member. The oldest first.
     */
    JWKSet published();
}
