package com.medspasync.token;

import java.time.Duration;

/**
 * What an access token states, and how long it lives.
 *
 * @param issuer the {@code iss} of every token
 * @param audience the {@code aud} of every token
 * @param lifetime from issue to expiry
 * @param skew by how much the clocks of two instances may differ
 */
public record TokenSettings(String issuer, String audience, Duration lifetime, Duration skew) {

    public TokenSettings {
        if (issuer.isBlank() || audience.isBlank()) {
            throw new IllegalArgumentException("tokens need an issuer and an audience");
        }
        if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("an access token lives between a minute and an hour, not " + lifetime);
        }
        if (skew.isNegative() || skew.compareTo(Duration.ofMinutes(2)) > 0) {
            throw new IllegalArgumentException("clocks may differ by up to two minutes, not " + skew);
        }
    }

    /** 15 minutes and a skew of 30 seconds. */
    public static TokenSettings of(String issuer, String audience) {
        return new TokenSettings(issuer, audience, Duration.ofMinutes(15), Duration.ofSeconds(30));
    }
}
