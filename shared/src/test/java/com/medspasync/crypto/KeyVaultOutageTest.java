package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.keyvault.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Azure's client and the cache make of a vault that throttles, fails, is slow, or is not there. */
class KeyVaultOutageTest {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final SteppingClock clock = new SteppingClock();
    private final Vault vault = new Vault();
    private final KeyVaultRootKeys keys = new KeyVaultRootKeys(vault::client, TIME_TO_LIVE, Examples.RANDOM, clock);

    @BeforeEach
    void publishOne() {
        vault.add(1, Secret.random(Examples.RANDOM));
    }

    @AfterEach
    void closeVault() {
        vault.close();
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble.Refusal(503, Map.of()),
                new Trouble.Refusal(500, Map.of()),
                new Trouble.Refusal(403, Map.of()),
                new Trouble.Refusal(429, Map.of("Retry-After", "5")),
                new Trouble.HangUp());
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void current_inTrouble_servesToTheEndOfItsTimeThenFailsAndRecovers(Trouble trouble) {
        RootKey key = keys.current();
        vault.server.meet(trouble);
        servesAndThenFails(key);
        vault.server.recover();
        clock.advance(PAUSE);
        assertThat(keys.current()).isEqualTo(key);
    }

    @Test
    void current_withNobodyListening_servesToTheEndOfItsTimeThenFailsAndRecovers() {
        RootKey key = keys.current();
        vault.server.stop();
        servesAndThenFails(key);
        vault.server.restart();
        clock.advance(PAUSE);
        assertThat(keys.current()).isEqualTo(key);
    }

    private void servesAndThenFails(RootKey key) {
        clock.advance(TIME_TO_LIVE.minusSeconds(1));
        assertThat(keys.current()).isEqualTo(key);
        assertThat(keys.version(1)).isEqualTo(key);
        clock.advance(Duration.ofSeconds(1));
        clock.advance(PAUSE);
        assertThatThrownBy(keys::current)
                .isInstanceOfSatisfying(
                        KeysUnavailable.class, e -> assertThat(e.retryAfter()).isEqualTo(PAUSE));
        assertThatThrownBy(() -> keys.version(1)).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void current_throttled_asksOnceAndNotAgainBeforeItWasTold() {
        vault.server.meet(new Trouble.Refusal(429, Map.of("Retry-After", "17")));
        assertThatThrownBy(keys::current)
                .isInstanceOfSatisfying(
                        KeysUnavailable.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
        assertThat(vault.requests()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(16));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(keys::current)
                    .isInstanceOfSatisfying(
                            KeysUnavailable.class,
                            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
        }
        assertThat(vault.requests()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        vault.server.recover();
        assertThat(keys.current().version()).isEqualTo(1);
    }

    @Test
    void current_whileItServesThroughThrottling_asksAsRarelyAsItWasTold() {
        keys.current();
        int before = vault.requests();
        vault.server.meet(new Trouble.Refusal(429, Map.of("Retry-After", "60")));
        clock.advance(Duration.ofMinutes(30));
        for (int second = 0; second < 180; second++) {
            assertThat(keys.current().version()).isEqualTo(1);
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(vault.requests() - before).isEqualTo(3);
    }

    @Test
    void current_ofAVaultThatFails_isTriedTwiceAndThenLeftAloneForAPause() {
        vault.server.meet(new Trouble.Refusal(503, Map.of()));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailable.class);
        }
        assertThat(vault.requests()).isEqualTo(2);
    }

    @Test
    void current_ofASlowVault_isGivenUpWithinTheTimeout() {
        keys.current();
        vault.server.meet(new Trouble.Slowness(Duration.ofMinutes(5)));
        clock.advance(TIME_TO_LIVE);
        long begun = System.nanoTime();
        assertThatThrownBy(keys::current).isInstanceOf(KeysUnavailable.class);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        // Two tries, each with a timeout, and a pause between them.
        assertThat(taken)
                .isBetween(KeyVault.TIMEOUT, KeyVault.TIMEOUT.multipliedBy(2).plusSeconds(5));
    }

    @Test
    void current_inTheSecondHalfOfASlowVaultsTime_keepsOthersNotWaiting() throws Exception {
        keys.current();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        vault.server.before(request -> {
            asked.countDown();
            await(goOn);
        });
        clock.advance(Duration.ofMinutes(31));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<RootKey> renewing = threads.submit(keys::current);
            await(asked);
            assertThat(keys.current().version()).isEqualTo(1);
            assertThat(renewing.isDone()).isFalse();
            goOn.countDown();
            assertThat(renewing.get().version()).isEqualTo(1);
        }
    }

    @Test
    void current_neededByFiftyAtOnce_isOneListAndOneRead() throws Exception {
        int callers = 50;
        CountDownLatch started = new CountDownLatch(callers);
        vault.server.before(request -> await(started));
        List<Future<RootKey>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                found.add(threads.submit(() -> {
                    started.countDown();
                    return keys.current();
                }));
            }
        }
        for (Future<RootKey> one : found) {
            assertThat(one.get()).isEqualTo(keys.current());
        }
        assertThat(vault.lists()).isEqualTo(1);
        assertThat(vault.requests()).as("a challenge, a list, a value").isEqualTo(3);
    }

    @Test
    void changes_inAnOutage_areUnavailable() {
        vault.server.meet(new Trouble.Refusal(503, Map.of()));
        assertThatThrownBy(keys::createIfAbsent).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(keys::publish).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> keys.publishAfter(1)).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(() -> keys.retire(1)).isInstanceOf(KeysUnavailable.class);
        assertThat(vault.versions()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
