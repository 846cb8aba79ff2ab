package com.medspasync.token;

import com.medspasync.token.Verification.Reason;
import com.medspasync.token.Verification.Rejected;
import com.medspasync.token.Verification.Verified;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an access token as RFC 8725 (JWT Best Current Practices) advises: the algorithm is ours, not the token's; the header
 * may say nothing else that could lead to a key; and no claim is looked at before the signature fits.
 */
final class TokenReader {

    /** Longer than any token of ours, short enough to cost nothing. In characters. */
    static final int MAX_LENGTH = 2048;

    static final JOSEObjectType TYPE = new JOSEObjectType("at+jwt");

    private static final Pattern SHAPE = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    private final TokenKeys keys;
    private final TokenSettings settings;

    TokenReader(TokenKeys keys, TokenSettings settings) {
        this.keys = keys;
        this.settings = settings;
    }

    Verification read(String token, Instant now) {
        if (token.length() > MAX_LENGTH || !SHAPE.matcher(token).matches()) {
            return new Rejected(Reason.MALFORMED);
        }
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            Reason mistrust = mistrust(jwt);
            return mistrust == null
                    ? claims(jwt.getJWTClaimsSet(), jwt.getHeader().getKeyID(), now)
                    : new Rejected(mistrust);
        } catch (ParseException _notAToken) {
            return new Rejected(Reason.MALFORMED);
        }
    }

    /** Whether a token with this {@code exp} is over, allowing for clocks that differ. */
    boolean expired(Instant expiresAt, Instant now) {
        return !now.isBefore(expiresAt.plus(settings.skew()));
    }

    /** Why the signature does not count; null when it does. */
    private @Nullable Reason mistrust(SignedJWT jwt) {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm())) {
            return Reason.ALGORITHM;
        }
        if (!HEADER.equals(header.getIncludedParams())) {
            return Reason.HEADER;
        }
        if (!TYPE.equals(header.getType())) {
            return Reason.TYPE;
        }
        Optional<ECPublicKey> key = keys.verifier(header.getKeyID());
        if (key.isEmpty()) {
            return Reason.UNKNOWN_KEY;
        }
        // 64 bytes leave four bits of the last character unused: one spelling counts, or a changed character would
        // pass.
        Base64URL signature = jwt.getSignature();
        if (!Base64URL.encode(signature.decode()).equals(signature)) {
            return Reason.SIGNATURE;
        }
        try {
            return jwt.verify(new ECDSAVerifier(key.get())) ? null : Reason.SIGNATURE;
        } catch (JOSEException _unusableSignature) {
            return Reason.SIGNATURE;
        }
    }

    private Verification claims(JWTClaimsSet claims, String kid, Instant now) {
        if (!settings.issuer().equals(claims.getIssuer())) {
            return new Rejected(Reason.ISSUER);
        }
        if (!List.of(settings.audience()).equals(claims.getAudience())) {
            return new Rejected(Reason.AUDIENCE);
        }
        Instant issued = instant(claims.getIssueTime());
        Instant from = instant(claims.getNotBeforeTime());
        Instant until = instant(claims.getExpirationTime());
        if (issued == null || from == null || until == null || until.isAfter(issued.plus(settings.lifetime()))) {
            return new Rejected(Reason.CLAIMS);
        }
        if (expired(until, now)) {
            return new Rejected(Reason.EXPIRED);
        }
        Instant latest = now.plus(settings.skew());
        if (issued.isAfter(latest) || from.isAfter(latest)) {
            return new Rejected(Reason.NOT_YET_VALID);
        }
        return user(claims, kid, until);
    }

    private static Verification user(JWTClaimsSet claims, String kid, Instant until) {
        Optional<UUID> id = tokenId(claims.getJWTID());
        Optional<Authenticated> user = TokenClaims.read(claims);
        return id.isPresent() && user.isPresent()
                ? new Verified(user.get(), id.get(), kid, until)
                : new Rejected(Reason.CLAIMS);
    }

    private static Optional<UUID> tokenId(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(UUID::fromString);
        } catch (IllegalArgumentException _notAsWeWriteThem) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }
}
