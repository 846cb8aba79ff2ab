package com.medspasync.crypto;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The root keys in memory, for a stated time.
 *
 * <p>For the first half of the time to live they are simply served. In the second half one caller at a time asks the store
 * again while the others go on; failing there is logged and costs nothing. Past the end all wait for one attempt, and
 * when it fails nothing is served. A version that is not among them has the store asked once for all who wait. Between
 * two attempts that failed, and between two that were made for an unknown version, lies {@code pause}: neither an outage nor
 * an altered ciphertext can be turned into a load on the store.
 */
final class RootKeyCache {

    /** Asks the store for all its versions. */
    @FunctionalInterface
    interface Store {
        /**
         * At least one version, by number.
         *
         * @throws KeysUnavailable when there is no answer, or none that can be used
         */
        NavigableMap<Integer, RootKey> load();
    }

    /** One answer of the store; told apart from the next by identity. */
    private static final class Loaded {
        final NavigableMap<Integer, RootKey> keys;
        final Instant at;

        Loaded(NavigableMap<Integer, RootKey> keys, Instant at) {
            this.keys = keys;
            this.at = at;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(RootKeyCache.class);

    private final Store store;
    private final Duration timeToLive;
    private final Duration pause;
    private final Clock clock;

    /** Held while the store is asked; the fields below change only under it. A lock that virtual threads can wait on. */
    private final ReentrantLock asking = new ReentrantLock();

    private volatile @Nullable Loaded loaded;
    private Instant failedUntil = Instant.MIN;
    private Instant knownUnknownUntil = Instant.MIN;

    RootKeyCache(Store store, Duration timeToLive, Duration pause, Clock clock) {
        this.store = store;
        this.timeToLive = timeToLive;
        this.pause = pause;
        this.clock = clock;
    }

    RootKey newest() {
        return keys().keys.lastEntry().getValue();
    }

    /** A copy. */
    NavigableSet<Integer> versions() {
        return new TreeSet<>(keys().keys.keySet());
    }

    RootKey version(int version) {
        Loaded seen = keys();
        RootKey key = seen.keys.get(version);
        return key != null
                ? key
                : askFor(version, seen)
                        .orElseThrow(() -> new UnknownKeyVersion("the root key has no usable version " + version));
    }

    /** Makes the next caller ask the store, once who is asking it now has done so. */
    void forget() {
        asking.lock();
        try {
            loaded = null;
            failedUntil = Instant.MIN;
        } finally {
            asking.unlock();
        }
    }

    /** Asks the store, unless that was done within the pause; failing there costs nothing. */
    void refresh() {
        asking.lock();
        try {
            Instant now = clock.instant();
            if (!now.isBefore(knownUnknownUntil)) {
                knownUnknownUntil = now.plus(pause);
                load(now);
            }
        } catch (KeysUnavailable e) {
            LOG.warn("The root keys could not be read again", e);
        } finally {
            asking.unlock();
        }
    }

    private Loaded keys() {
        Loaded seen = loaded;
        Instant now = clock.instant();
        if (seen == null || !now.isBefore(seen.at.plus(timeToLive))) {
            return awaitKeys();
        }
        if (!now.isBefore(seen.at.plus(timeToLive.dividedBy(2))) && asking.tryLock()) {
            try {
                return renew(seen, now);
            } finally {
                asking.unlock();
            }
        }
        return seen;
    }

    private Loaded renew(Loaded seen, Instant now) {
        if (loaded != seen || now.isBefore(failedUntil)) {
            return seen;
        }
        try {
            return load(now);
        } catch (KeysUnavailable e) {
            LOG.warn("The root keys could not be renewed; those in memory serve until {}", seen.at.plus(timeToLive), e);
            return seen;
        }
    }

    private Loaded awaitKeys() {
        asking.lock();
        try {
            Loaded seen = loaded;
            Instant now = clock.instant();
            if (seen != null && now.isBefore(seen.at.plus(timeToLive))) {
                return seen;
            }
            if (now.isBefore(failedUntil)) {
                throw new KeysUnavailable(
                        "the root keys could not be read a moment ago", Duration.between(now, failedUntil), null);
            }
            return load(now);
        } finally {
            asking.unlock();
        }
    }

    private Optional<RootKey> askFor(int version, Loaded seen) {
        asking.lock();
        try {
            Loaded latest = loaded;
            Instant now = clock.instant();
            // Whoever waited for another's attempt looks at what that brought.
            if ((latest == null || latest == seen) && !now.isBefore(knownUnknownUntil)) {
                knownUnknownUntil = now.plus(pause);
                latest = load(now);
            }
            return Optional.ofNullable(latest == null ? null : latest.keys.get(version));
        } finally {
            asking.unlock();
        }
    }

    private Loaded load(Instant now) {
        try {
            Loaded fresh = new Loaded(store.load(), now);
            loaded = fresh;
            return fresh;
        } catch (KeysUnavailable e) {
            Duration wait = e.retryAfter().compareTo(pause) > 0 ? e.retryAfter() : pause;
            failedUntil = now.plus(wait);
            throw e;
        }
    }
}
