package com.medspasync.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The signing keys of the database, which all instances share: what one signs, every other verifies.
 *
 * <p>Read with the first use and kept for a time to live; renewed in the background after half of it, so that a short outage of
 * database or key root goes unnoticed. A key named by a token and not among them has the database asked once more, at most once a second:
 * tokens with invented keys are no load. A key that is deleted stops to count within the time to live.
 *
 * <p>Thread-safe. All methods may throw what the database and the key root throw while they are down.
 */
public final class SigningKeys implements TokenKeys {

    /** How long keys serve before they are read again. */
    public static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final String ALL = "all";

    private static final Sql LOAD = Sql.of("""
            select kid, public_jwk, wrapped_private, not_before, expires_at
            from signing_keys
            where expires_at > now()
            order by not_before""");

    private final PracticeDatabase database;
    private final SealedSigningKeys sealed;
    private final Clock clock;
    private final Duration reserve;
    private final LoadingCache<String, Map<String, SigningKey>> keys;
    private final Cache<String, CompletableFuture<Map<String, SigningKey>>> lookedAgain;

    /** @param tokens how long a token lives: a key signs only while it can outlive the token */
    public SigningKeys(PracticeDatabase database, SealedSigningKeys sealed, TokenSettings tokens, Clock clock) {
        this.database = database;
        this.sealed = sealed;
        this.clock = clock;
        this.reserve = tokens.lifetime().plus(tokens.skew());
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.keys = Caffeine.newBuilder()
                .expireAfterWrite(TIME_TO_LIVE)
                .refreshAfterWrite(TIME_TO_LIVE.dividedBy(2))
                .ticker(ticker)
                .executor(Thread::startVirtualThread)
                .build(all -> load());
        this.lookedAgain = Caffeine.newBuilder()
                .expireAfterWrite(PAUSE)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public SigningKey current() {
        return signing(keys.get(ALL))
                .or(() -> signing(lookAgain()))
                .orElseThrow(() -> new IllegalStateException("no signing key is valid now: run the migrator"));
    }

    @Override
    public Optional<ECPublicKey> verifier(String kid) {
        SigningKey known = keys.get(ALL).get(kid);
        return Optional.ofNullable(known != null ? known : lookAgain().get(kid))
                .filter(key -> key.verifiesAt(clock.instant()))
                .map(SigningKey::publicKey);
    }

    @Override
    public JWKSet published() {
        Instant now = clock.instant();
        return new JWKSet(keys.get(ALL).values().stream()
                .filter(key -> key.verifiesAt(now))
                .sorted(Comparator.comparing(SigningKey::notBefore).thenComparing(SigningKey::kid))
                .map(SigningKey::jwk)
                .toList());
    }

    /** The newest key that may sign; keys that begin later are there to be known everywhere before they do. */
    private Optional<SigningKey> signing(Map<String, SigningKey> all) {
        Instant now = clock.instant();
        return all.values().stream()
                .filter(key -> !key.notBefore().isAfter(now) && key.verifiesAt(now.plus(reserve)))
                .max(Comparator.comparing(SigningKey::notBefore).thenComparing(SigningKey::kid));
    }

    /** Asks the database, unless that was done within the pause: then what it answered still holds. */
    private Map<String, SigningKey> lookAgain() {
        try {
            return lookedAgain.get(ALL, keys::refresh).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Map<String, SigningKey> load() {
        Caller caller = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        return database.list(caller, LOAD.bind(), sealed::read).stream()
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableMap(SigningKey::kid, Function.identity()));
    }
}
