package com.medspasync.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;

/**
 * A P-256 key pair that signs access tokens (ES256, RFC 7518 section 3.4).
 *
 * @param kid the RFC 7638 thumbprint of the public key, so that a name can never stand for another key
 * @param notBefore when it may begin to sign
 * @param expiresAt when tokens signed by it are no longer accepted
 */
public record SigningKey(
        String kid, ECPublicKey publicKey, ECPrivateKey privateKey, Instant notBefore, Instant expiresAt) {

    /** A new key pair. */
    public static SigningKey generate(Instant notBefore, Instant expiresAt) {
        try {
            ECKey pair = new ECKeyGenerator(Curve.P_256).generate();
            return new SigningKey(
                    pair.computeThumbprint().toString(),
                    pair.toECPublicKey(),
                    pair.toECPrivateKey(),
                    notBefore,
                    expiresAt);
        } catch (JOSEException e) {
            throw new IllegalStateException("this Java runtime cannot make P-256 keys", e);
        }
    }

    /** Whether tokens signed by it are accepted at {@code now}. */
    public boolean verifiesAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** The public half as it is published; it has no private member. */
    public JWK jwk() {
        return new ECKey.Builder(Curve.P_256, publicKey)
                .keyID(kid)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + ", " + notBefore + " to " + expiresAt + "]";
    }
}
