package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RootKeyCacheTest {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SteppingClock clock = new SteppingClock();
    private final MemoryRootKeys keys = new MemoryRootKeys();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;
    private volatile Duration retryAfter = Duration.ofSeconds(1);
    private final RootKeyCache cache = new RootKeyCache(this::load, TIME_TO_LIVE, PAUSE, clock);

    private NavigableMap<Integer, RootKey> load() {
        asked.incrementAndGet();
        if (down) {
            throw new KeysUnavailable("down", retryAfter, null);
        }
        return new TreeMap<>(keys.versions);
    }

    @Test
    void newest_inTheFirstHalfOfItsTime_asksOnce() {
        cache.newest();
        clock.advance(Duration.ofMinutes(29));
        assertThat(cache.newest().version()).isEqualTo(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void newest_inTheSecondHalf_findsANewVersion() {
        cache.newest();
        keys.add(2);
        clock.advance(Duration.ofMinutes(30));
        assertThat(cache.newest().version()).isEqualTo(2);
        assertThat(asked).hasValue(2);
    }

    @Test
    void newest_withTheStoreDown_servesToTheEndAndThenFails() {
        cache.newest();
        down = true;
        clock.advance(Duration.ofMinutes(59));
        assertThat(cache.newest().version()).isEqualTo(1);
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(cache::newest)
                .isInstanceOfSatisfying(
                        KeysUnavailable.class, e -> assertThat(e.retryAfter()).isPositive());
        down = false;
        clock.advance(PAUSE);
        assertThat(cache.newest().version()).isEqualTo(1);
    }

    @Test
    void newest_afterAFailure_leavesTheStoreAloneForAsLongAsItAsked() {
        down = true;
        retryAfter = Duration.ofSeconds(30);
        assertThatThrownBy(cache::newest).isInstanceOf(KeysUnavailable.class);
        clock.advance(Duration.ofSeconds(29));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(cache::newest)
                    .isInstanceOfSatisfying(
                            KeysUnavailable.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        }
        assertThat(asked).hasValue(1);
        down = false;
        clock.advance(Duration.ofSeconds(1));
        assertThat(cache.newest().version()).isEqualTo(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void newest_whileServingThroughAnOutage_asksAtALimitedRate() {
        cache.newest();
        down = true;
        clock.advance(Duration.ofMinutes(40));
        for (int i = 0; i < 100; i++) {
            cache.newest();
        }
        assertThat(asked).hasValue(2);
        clock.advance(PAUSE);
        cache.newest();
        assertThat(asked).hasValue(3);
    }

    @Test
    void version_publishedSinceTheLastLook_isFound() {
        cache.newest();
        keys.add(2);
        assertThat(cache.version(2).version()).isEqualTo(2);
        assertThat(asked).hasValue(2);
    }

    @Test
    void version_thatDoesNotExist_isAskedForOnceInThePause() {
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> cache.version(9)).isInstanceOf(UnknownKeyVersion.class);
        }
        assertThat(asked).hasValue(2);
        clock.advance(PAUSE);
        assertThatThrownBy(() -> cache.version(9)).isInstanceOf(UnknownKeyVersion.class);
        assertThat(asked).hasValue(3);
    }

    @Test
    void version_unknownWhileTheStoreIsDown_isUnavailableAndTheKnownOnesServe() {
        cache.newest();
        down = true;
        assertThatThrownBy(() -> cache.version(2)).isInstanceOf(KeysUnavailable.class);
        assertThat(cache.version(1).version()).isEqualTo(1);
    }

    @Test
    void newest_neededByManyAtOnce_asksOnce() throws Exception {
        int callers = 50;
        CountDownLatch started = new CountDownLatch(callers);
        RootKeyCache slow = new RootKeyCache(
                () -> {
                    awaitAll(started);
                    return load();
                },
                TIME_TO_LIVE,
                PAUSE,
                clock);
        List<Future<RootKey>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                found.add(threads.submit(() -> {
                    started.countDown();
                    return slow.newest();
                }));
            }
        }
        for (Future<RootKey> one : found) {
            assertThat(one.get().version()).isEqualTo(1);
        }
        assertThat(asked).hasValue(1);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
