package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Practices' keys in memory, for a stated time. Thread-safe.
 *
 * <p>How it works. What is known of a practice is an answer of the store, which may still be under way. Who finds none, or one
 * whose time is over, puts a new one in its place and asks the store; all others who need that practice's keys wait for the same
 * answer. In the second half of its time one virtual thread asks again while the old answer serves; failing there is logged, costs
 * nothing, and is not repeated within {@code pause}. An answer that failed, or found no keys, is forgotten before anyone hears it:
 * who asks again then has the store asked again. Who misses a version looks again, which asks the store at most once within {@code
 * pause}: until that is over everyone gets what it brought, keys or failure.
 *
 * <p>Time counts from when the store was asked, so nothing serves longer than its age allows. What has expired goes with the next
 * question to the store, and the number of practices is bounded. {@code docs/decisions/0015} says why this is not Caffeine.
 */
final class PracticeKeyCache {

    /** Asks the store for what it has of one practice. */
    @FunctionalInterface
    interface Store {
        /** {@link PracticeKeys#NONE} when the practice has no keys: they may be created at any moment. */
        PracticeKeys load(PracticeId practice);
    }

    /** What the store said when it was asked, or will say; told apart from the next by identity. */
    private static final class Answer {
        final CompletableFuture<PracticeKeys> keys = new CompletableFuture<>();
        final long asked;
        final AtomicLong renewFrom;

        Answer(long asked, long renewFrom) {
            this.asked = asked;
            this.renewFrom = new AtomicLong(renewFrom);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PracticeKeyCache.class);
    private static final long UNDER_WAY = Long.MAX_VALUE;

    private final Store store;
    private final int most;
    private final Clock clock;
    private final long pause;
    private final long half;
    private final Answers known;
    private final Answers lookedAgain;

    /** @param most of how many practices answers are kept; an arbitrary one makes room */
    PracticeKeyCache(Store store, int most, Duration timeToLive, Duration pause, Clock clock) {
        this.store = store;
        this.most = most;
        this.clock = clock;
        this.pause = pause.toMillis();
        this.half = timeToLive.toMillis() / 2;
        this.known = new Answers(timeToLive.toMillis(), this::load);
        this.lookedAgain = new Answers(pause.toMillis(), this::loadAgain);
    }

    /** What is known; throws what the store threw where that is nothing. */
    PracticeKeys get(PracticeId practice) {
        Answer answer = known.get(practice);
        long from = answer.renewFrom.get();
        if (clock.millis() >= from && answer.renewFrom.compareAndSet(from, UNDER_WAY)) {
            Thread.startVirtualThread(() -> renew(practice, answer));
        }
        return join(answer);
    }

    /** What the store says now, or said within the pause to whoever looked again before; throws what it threw. */
    PracticeKeys lookAgain(PracticeId practice) {
        return join(lookedAgain.get(practice));
    }

    private PracticeKeys load(PracticeId practice, Answer mine) {
        PracticeKeys keys = PracticeKeys.NONE;
        try {
            keys = store.load(practice);
            return keys;
        } finally {
            if (keys.isNone()) {
                known.byPractice.remove(practice.value(), mine);
            }
        }
    }

    private PracticeKeys loadAgain(PracticeId practice, Answer mine) {
        PracticeKeys keys = store.load(practice);
        if (keys.isNone()) {
            known.byPractice.remove(practice.value());
        } else {
            known.byPractice.put(practice.value(), mine);
        }
        return keys;
    }

    private void renew(PracticeId practice, Answer old) {
        try {
            Answer fresh = answer();
            PracticeKeys keys = store.load(practice);
            fresh.keys.complete(keys);
            // Whoever looked again meanwhile knows better.
            if (keys.isNone()) {
                known.byPractice.remove(practice.value(), old);
            } else {
                known.byPractice.replace(practice.value(), old, fresh);
            }
        } catch (RuntimeException e) {
            LOG.warn("The keys of practice {} could not be renewed; those in memory serve on", practice, e);
            old.renewFrom.set(clock.millis() + pause);
        }
    }

    private Answer answer() {
        long now = clock.millis();
        return new Answer(now, now + half);
    }

    private static PracticeKeys join(Answer answer) {
        try {
            return answer.keys.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Answers by practice, each for as long as it serves. */
    private final class Answers {

        /** By uuid: to make the hash of a record takes the JVM 10 ms when it starts. */
        final ConcurrentHashMap<UUID, Answer> byPractice = new ConcurrentHashMap<>();

        private final long timeToLive;
        private final BiFunction<PracticeId, Answer, PracticeKeys> loading;

        Answers(long timeToLive, BiFunction<PracticeId, Answer, PracticeKeys> loading) {
            this.timeToLive = timeToLive;
            this.loading = loading;
        }

        /** One that serves, made or under way. */
        Answer get(PracticeId practice) {
            Answer present = byPractice.get(practice.value());
            if (present != null && serves(present)) {
                return present;
            }
            Answer mine = answer();
            Answer chosen =
                    byPractice.compute(practice.value(), (same, now) -> now == null || now == present ? mine : now);
            if (chosen == mine) {
                known.makeRoom();
                lookedAgain.makeRoom();
                fill(practice, mine);
            }
            return chosen;
        }

        private void fill(PracticeId practice, Answer mine) {
            try {
                mine.keys.complete(loading.apply(practice, mine));
            } catch (Throwable e) {
                mine.keys.completeExceptionally(e);
            }
        }

        private boolean serves(Answer answer) {
            return clock.millis() - answer.asked < timeToLive;
        }

        private void makeRoom() {
            byPractice.values().removeIf(answer -> !serves(answer));
            Iterator<Answer> any = byPractice.values().iterator();
            for (int tooMany = byPractice.size() - most; tooMany > 0 && any.hasNext(); tooMany--) {
                any.next();
                any.remove();
            }
        }
    }
}
