package com.medspasync.bench;

import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.SigningKey;
import com.medspasync.token.TokenKeys;
import com.medspasync.token.TokenSettings;
import com.medspasync.token.Verification.Verified;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an access token costs a request: issued, verified for the first time, and verified again, in microseconds. */
public final class TokenBench {

    private static final int TOKENS = 4_000;
    private static final int ROUNDS = 5;

    private TokenBench() {}

    public static void main(String[] args) {
        Instant now = Clock.systemUTC().instant();
        SigningKey key = SigningKey.generate(now, now.plus(Duration.ofDays(1)));
        for (int round = 1; round <= ROUNDS; round++) {
            measure(round, new AccessTokens(only(key), TokenSettings.of("bench", "bench"), Clock.systemUTC()));
        }
    }

    private static void measure(int round, AccessTokens tokens) {
        var user = new Authenticated(
                new PracticeId(UUID.randomUUID()),
                UUID.randomUUID(),
                Role.STAFF,
                UUID.randomUUID(),
                new Authenticated.Proof(Instant.EPOCH, false),
                false,
                null);
        List<String> issued = new ArrayList<>(TOKENS);
        double issue = each(() -> {
            for (int i = 0; i < TOKENS; i++) {
                issued.add(tokens.issue(user).token());
            }
        });
        double first = each(() -> verify(tokens, issued));
        double again = each(() -> verify(tokens, issued));
        System.out.printf(
                "round %d: issue %.1f us, verify first %.1f us, verify again %.2f us, first / again %.0f%n",
                round, issue, first, again, first / again);
    }

    private static void verify(AccessTokens tokens, List<String> issued) {
        for (String token : issued) {
            if (!(tokens.verify(token) instanceof Verified)) {
                throw new IllegalStateException("a token of this run was rejected");
            }
        }
    }

    private static double each(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1_000.0 / TOKENS;
    }

    static TokenKeys only(SigningKey key) {
        return new TokenKeys() {
            @Override
            public SigningKey current() {
                return key;
            }

            @Override
            public Optional<ECPublicKey> verifier(String kid) {
                return kid.equals(key.kid()) ? Optional.of(key.publicKey()) : Optional.empty();
            }

            @Override
            public JWKSet published() {
                return new JWKSet(key.jwk());
            }
        };
    }
}
