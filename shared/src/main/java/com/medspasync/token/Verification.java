package com.medspasync.token;

import java.time.Instant;
import java.util.UUID;

/** What became of an access token that a request brought. */
public sealed interface Verification {

    /**
     * Signed by this platform, for this platform, and in time.
     *
     * @param tokenId the token's {@code jti}
     * @param kid the key that signed it
     * @param expiresAt its {@code exp}
     */
    record Verified(Authenticated user, UUID tokenId, String kid, Instant expiresAt) implements Verification {}

    /** Not to be trusted. Every reason is the same 401 to the one who sent it; the reason is for the log. */
    record Rejected(Reason reason) implements Verification {}

    /** Why a token is not trusted. */
    enum Reason {
        /** Too long, not three parts of base64url, or not JSON inside. */
        MALFORMED,
        /** Header parameters beside {@code alg}, {@code kid} and {@code typ}, or without them. */
        HEADER,
        /** An algorithm other than ES256. */
        ALGORITHM,
        /** A {@code typ} other than {@code at+jwt}: a token made for something else. */
        TYPE,
        /** A key that is not ours, or no longer. */
        UNKNOWN_KEY,
        /** The signature does not fit: tampered with, or signed by another key. */
        SIGNATURE,
        ISSUER,
        AUDIENCE,
        EXPIRED,
        NOT_YET_VALID,
        /** Signed by us but not as we write them: a claim is missing, or it would live too long. */
        CLAIMS
    }
}
