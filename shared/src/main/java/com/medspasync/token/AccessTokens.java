package com.medspasync.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.medspasync.crypto.Sha256;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.token.Authenticated.Proof;
import com.medspasync.token.Verification.Reason;
import com.medspasync.token.Verification.Rejected;
import com.medspasync.token.Verification.Verified;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/**
 * Access tokens: RFC 9068 JWTs signed with ES256, which every instance verifies without asking anyone.
 *
 * <p>A P-256 verification costs some hundred times a hash, and a client sends the same token with each request. So tokens that
 * verified are remembered by their SHA-256 (never the token itself) until they expire, at most {@value #REMEMBERED} of them.
 * Their time and their key are checked again with each use: a key that is withdrawn takes its remembered tokens along.
 *
 * <p>Thread-safe.
 */
public final class AccessTokens {

    private static final int REMEMBERED = 10_000;

    private final TokenKeys keys;
    private final TokenSettings settings;
    private final TokenReader reader;
    private final Clock clock;
    private final Cache<ByteBuffer, Verified> remembered;

    /**
     * A token and how long it serves.
     *
     * @param token the token, for an Authorization header; it does not appear in {@link #toString}
     */
    public record Issued(String token, Duration expiresIn) {
        @Override
        public String toString() {
            return "Issued[hidden, " + expiresIn + "]";
        }
    }

    public AccessTokens(TokenKeys keys, TokenSettings settings, Clock clock) {
        this.keys = keys;
        this.settings = settings;
        this.reader = new TokenReader(keys, settings);
        this.clock = clock;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(settings.lifetime().plus(settings.skew()))
                .build();
    }

    /** A new token for {@code user}, signed by the current key. */
    public Issued issue(Authenticated user) {
        return issue(user, settings.lifetime());
    }

    /** A token for {@code caller}, who has just been proved, to make use of {@code emergency} with, for {@code atMost} that long. */
    public Issued issueFor(Caller caller, Emergency emergency, Duration atMost) {
        Proof proof = new Proof(clock.instant(), false);
        return issue(Authenticated.of(caller, proof, false).in(emergency), atMost);
    }

    /** As {@link #issue(Authenticated)}, for {@code atMost} that long. */
    Issued issue(Authenticated user, Duration atMost) {
        Duration lifetime = atMost.compareTo(settings.lifetime()) < 0 ? atMost : settings.lifetime();
        Instant now = clock.instant();
        SigningKey key = keys.current();
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(TokenReader.TYPE)
                .keyID(key.kid())
                .build();
        var claims = TokenClaims.of(user)
                .issuer(settings.issuer())
                .audience(settings.audience())
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plus(lifetime)))
                .build();
        try {
            var token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key.privateKey(), Curve.P_256));
            return new Issued(token.serialize(), lifetime);
        } catch (JOSEException e) {
            throw new IllegalStateException("signing with key " + key.kid() + " failed", e);
        }
    }

    /** Throws what {@link #issue} would for want of a key; for who does first what cannot be undone. */
    public void ready() {
        keys.current();
    }

    /** Whether {@code token} is one of ours and in time. Costs no database round trip while the keys are cached. */
    public Verification verify(String token) {
        if (token.length() > TokenReader.MAX_LENGTH) {
            return new Rejected(Reason.MALFORMED);
        }
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(token.getBytes(StandardCharsets.UTF_8)));
        Instant now = clock.instant();
        Verified known = remembered.getIfPresent(digest);
        if (known != null && keys.verifier(known.kid()).isPresent()) {
            return reader.expired(known.expiresAt(), now) ? new Rejected(Reason.EXPIRED) : known;
        }
        Verification read = reader.read(token, now);
        if (read instanceof Verified verified) {
            remembered.put(digest, verified);
        }
        return read;
    }

    /** The public keys that verify these tokens, or will; see {@link TokenKeys#published}. */
    public JWKSet publishedKeys() {
        return keys.published();
    }
}
