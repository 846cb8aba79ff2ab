package com.medspasync.token;

import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.EntryContext;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.crypto.TamperedCiphertext;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing keys as they are stored: the public half as a JWK (RFC 7517), the private half as PKCS#8 sealed under the key root.
 *
 * <p>A key counts only if its private half opens for its name, and its name is the thumbprint of its public half. So who can
 * write the table but not read the key root cannot bring in a key of their own, not even one that only verifies.
 *
 * <p>Thread-safe.
 */
public final class SealedSigningKeys {

    private static final Logger LOG = LoggerFactory.getLogger(SealedSigningKeys.class);

    private final Envelope envelope;
    private final DataKeys keys;

    /** @param keys those for {@link PlatformPurpose#SIGNING_KEYS} */
    public SealedSigningKeys(Envelope envelope, DataKeys keys) {
        this.envelope = envelope;
        this.keys = keys;
    }

    /** The private half, to be stored with {@link #publicJwk}. */
    byte[] seal(SigningKey key) {
        byte[] plain = key.privateKey().getEncoded();
        try {
            return envelope.seal(keys.current(), place(key.kid()), plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** The public half, to be stored and published. */
    static String publicJwk(SigningKey key) {
        return new ECKey.Builder(Curve.P_256, key.publicKey())
                .keyID(key.kid())
                .build()
                .toJSONString();
    }

    /** Reads a row of signing_keys. Empty, and an error in the log, when it is not a key of ours: it must not take the others with it. */
    Optional<SigningKey> read(Row row) {
        String kid = row.text("kid");
        try {
            return Optional.of(open(
                    kid,
                    row.text("public_jwk"),
                    row.bytes("wrapped_private"),
                    row.instant("not_before"),
                    row.instant("expires_at")));
        } catch (TamperedCiphertext | UnknownKeyVersion | IllegalArgumentException e) {
            LOG.error("Signing key {} does not open under the key root: it is not used", kid, e);
            return Optional.empty();
        }
    }

    private SigningKey open(String kid, String publicJwk, byte[] sealed, Instant notBefore, Instant expiresAt) {
        byte[] plain = envelope.open(keys, place(kid), sealed);
        try {
            ECKey jwk = ECKey.parse(publicJwk);
            if (!Curve.P_256.equals(jwk.getCurve())
                    || !jwk.computeThumbprint().toString().equals(kid)) {
                throw new IllegalArgumentException("the public half of signing key " + kid + " is another key's");
            }
            var privateKey =
                    (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(plain));
            return new SigningKey(kid, jwk.toECPublicKey(), privateKey, notBefore, expiresAt);
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalArgumentException("signing key " + kid + " is not a P-256 key", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static EntryContext place(String kid) {
        return new EntryContext(PracticeId.PLATFORM, "signing_keys", "wrapped_private", kid);
    }
}
