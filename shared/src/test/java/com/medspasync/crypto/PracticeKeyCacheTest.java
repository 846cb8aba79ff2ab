package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.RADIANCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.tenant.PracticeId;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PracticeKeyCacheTest {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SteppingClock clock = new SteppingClock();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile PracticeKeyCache.Store store = practice -> keys(asked.get());
    private final PracticeKeyCache cache = cache(10_000);

    private PracticeKeyCache cache(int most) {
        return new PracticeKeyCache(
                practice -> {
                    asked.incrementAndGet();
                    return store.load(practice);
                },
                most,
                TIME_TO_LIVE,
                PAUSE,
                clock);
    }

    /** Keys that a number tells apart. */
    private static PracticeKeys keys(int number) {
        return new PracticeKeys(Map.of(), number, Collections.emptySortedMap());
    }

    @Test
    void get_byManyWhileTheStoreIsAsked_waitsForOneAnswerThatFailsForAll() throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        store = practice -> {
            await(failing);
            throw new IllegalStateException("the store is down");
        };
        List<FutureTask<PracticeKeys>> callers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            FutureTask<PracticeKeys> caller = new FutureTask<>(() -> cache.get(GLOW));
            callers.add(caller);
            threads.add(Thread.ofPlatform().start(caller));
        }
        poll(() -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        failing.countDown();
        for (FutureTask<PracticeKeys> caller : callers) {
            assertThatThrownBy(caller::get).hasRootCauseMessage("the store is down");
        }
        assertThat(asked).hasValue(1);
        store = practice -> keys(7);
        assertThat(cache.get(GLOW)).isEqualTo(keys(7));
    }

    @Test
    void get_inTheSecondHalf_servesTheOldKeysWhileOneThreadRenewsThem() {
        cache.get(GLOW);
        CountDownLatch answering = new CountDownLatch(1);
        store = practice -> {
            await(answering);
            return keys(2);
        };
        clock.advance(Duration.ofMinutes(5));
        for (int i = 0; i < 100; i++) {
            assertThat(cache.get(GLOW)).isEqualTo(keys(1));
        }
        poll(() -> asked.get() == 2);
        answering.countDown();
        poll(() -> cache.get(GLOW).equals(keys(2)));
        assertThat(asked).hasValue(2);
        clock.advance(Duration.ofSeconds(299));
        assertThat(cache.get(GLOW)).isEqualTo(keys(2));
        assertThat(asked).hasValue(2);
    }

    @Test
    void get_whereRenewingFails_servesOnAndTriesAgainAfterThePause() throws Exception {
        cache.get(GLOW);
        BlockingQueue<Thread> renewing = new LinkedBlockingQueue<>();
        store = practice -> {
            renewing.add(Thread.currentThread());
            throw new IllegalStateException("the store is down");
        };
        clock.advance(Duration.ofMinutes(6));
        for (int attempt = 2; attempt < 5; attempt++) {
            assertThat(cache.get(GLOW)).isEqualTo(keys(1));
            renewing.take().join();
            for (int i = 0; i < 100; i++) {
                assertThat(cache.get(GLOW)).isEqualTo(keys(1));
            }
            assertThat(renewing).isEmpty();
            assertThat(asked).hasValue(attempt);
            clock.advance(PAUSE);
        }
        clock.advance(Duration.ofMinutes(4));
        assertThatThrownBy(() -> cache.get(GLOW)).hasMessage("the store is down");
    }

    @Test
    void get_whereRenewingFindsNoKeys_forgetsThem() {
        cache.get(GLOW);
        store = practice -> PracticeKeys.NONE;
        clock.advance(Duration.ofMinutes(5));
        poll(() -> cache.get(GLOW).equals(PracticeKeys.NONE));
    }

    @Test
    void get_ofKeysThatTookLongToCome_countsTheirAgeFromTheQuestion() {
        store = practice -> {
            clock.advance(Duration.ofMinutes(9));
            return keys(asked.get());
        };
        assertThat(cache.get(GLOW)).isEqualTo(keys(1));
        store = practice -> {
            throw new IllegalStateException("the store is down");
        };
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> cache.get(GLOW)).hasMessage("the store is down");
    }

    @Test
    void lookAgain_withinThePause_givesWhatTheFirstBroughtAndItStaysKnown() {
        cache.get(GLOW);
        assertThat(cache.lookAgain(GLOW)).isEqualTo(keys(2));
        assertThat(cache.lookAgain(GLOW)).isEqualTo(keys(2));
        assertThat(cache.get(GLOW)).isEqualTo(keys(2));
        clock.advance(PAUSE);
        assertThat(cache.lookAgain(GLOW)).isEqualTo(keys(3));
    }

    @Test
    void lookAgain_whereTheStoreFails_leavesWhatIsKnownAndAsksOnceInThePause() {
        cache.get(GLOW);
        store = practice -> {
            throw new IllegalStateException("the store is down");
        };
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> cache.lookAgain(GLOW)).hasMessage("the store is down");
        }
        assertThat(asked).hasValue(2);
        assertThat(cache.get(GLOW)).isEqualTo(keys(1));
    }

    @Test
    void lookAgain_whereThereAreNoKeysAnyMore_forgetsThem() {
        cache.get(GLOW);
        store = practice -> PracticeKeys.NONE;
        assertThat(cache.lookAgain(GLOW)).isEqualTo(PracticeKeys.NONE);
        assertThat(cache.get(GLOW)).isEqualTo(PracticeKeys.NONE);
    }

    @Test
    void get_ofMorePracticesThanAreKept_dropsSome() {
        PracticeKeyCache small = cache(3);
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5; i++) {
                small.get(new PracticeId(new UUID(0, i)));
            }
        }
        assertThat(asked).hasValueBetween(7, 10);
    }

    @Test
    void get_ofAnyPractice_letsGoOfWhatHasExpired() {
        AtomicReference<WeakReference<PracticeKeys>> held = new AtomicReference<>();
        store = practice -> {
            PracticeKeys made = keys(5);
            held.set(new WeakReference<>(made));
            return made;
        };
        cache.get(GLOW);
        store = practice -> keys(6);
        clock.advance(TIME_TO_LIVE);
        cache.get(RADIANCE);
        poll(() -> {
            System.gc();
            return held.get().get() == null;
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void poll(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
