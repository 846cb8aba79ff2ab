package com.medspasync.keyring;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.medspasync.tenant.PracticeId;
import java.util.Optional;
import java.util.UUID;

/**
 * Wrapped keys of the clients last seen, so that a write can encrypt before its one round trip. An entry may be out of date, and
 * that is harmless: the writing statement is refused when the key's version is no longer accepted, or no longer there. Reads never
 * use it: they bring their keys along. Thread-safe.
 */
public final class WrappedKeyCache {

    /** Some 200 bytes each. */
    private static final int MOST_CLIENTS = 20_000;

    private record Key(PracticeId practice, UUID client) {}

    private final Cache<Key, WrappedKeys> cache =
            Caffeine.newBuilder().maximumSize(MOST_CLIENTS).build();

    /** The keys as they were when the client was last seen; empty when that is long ago, or never was. */
    public Optional<WrappedKeys> find(PracticeId practice, UUID client) {
        return Optional.ofNullable(cache.getIfPresent(new Key(practice, client)));
    }

    /** Remembers them. */
    public void keep(PracticeId practice, UUID client, WrappedKeys keys) {
        cache.put(new Key(practice, client), keys);
    }

    /** Forgets them, because they proved to be out of date. */
    public void forget(PracticeId practice, UUID client) {
        cache.invalidate(new Key(practice, client));
    }
}
