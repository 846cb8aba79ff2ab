package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The server goes away, in each of the ways it can, and comes back: the pool recovers by itself. */
class OutageTest {

    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.emptyWithOwnServer());

    @AfterAll
    static void close() {
        DATABASE.close();
        DATABASE.server().close();
    }

    @Test
    void serverStoppedAndStarted_whileRequestsRun_isUnavailableThenRecovers() throws Exception {
        PracticeDatabase app = DATABASE.open(
                DATABASE.settings(EmbeddedDatabase.APP).withPoolSize(4).withPoolWait(Duration.ofMillis(500)));
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger successes = new AtomicInteger();
        AtomicInteger failures = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                workers.add(threads.submit(() -> {
                    while (running.get()) {
                        try {
                            app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString);
                            successes.incrementAndGet();
                        } catch (DatabaseUnavailable e) {
                            assertThat(e.retryAfter()).isPositive();
                            failures.incrementAndGet();
                        }
                    }
                }));
            }
            await("requests", () -> successes.get() > 100);

            DATABASE.stop();
            await("failures", () -> failures.get() > 20);
            int before = successes.get();
            DATABASE.start();
            await("recovery", () -> successes.get() > before + 100);

            running.set(false);
            for (Future<?> worker : workers) {
                worker.get(10, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void serverKilledAndStarted_committedNotes_areStillThere() {
        PracticeDatabase app = DATABASE.open(EmbeddedDatabase.APP);
        UUID id = UUID.randomUUID();
        app.one(Examples.GLOW, Examples.insertNote(id, "durable"), Row::toString);

        DATABASE.server().kill();
        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> app.first(Examples.GLOW, Examples.readNote(id), Row::toString));
        DATABASE.start();

        await("recovery", () -> answers(app));
        assertThat(app.first(Examples.GLOW, Examples.readNote(id), row -> row.text("body")))
                .contains("durable");
    }

    @Test
    void serverDown_manyCallers_failFastButOne() throws Exception {
        WireCounter wire = WireCounter.before(DATABASE);
        try (PracticeDatabase app = PracticeDatabase.open(wire.settings(EmbeddedDatabase.APP));
                wire) {
            app.ping();
            wire.refuse(true);
            wire.cut();
            await("the outage to be noticed", () -> !answers(app));
            assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(app::ping);

            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThatExceptionOfType(DatabaseUnavailable.class)
                        .isThrownBy(app::ping)
                        .satisfies(e -> assertThat(e.mayHaveCommitted()).isFalse());
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));

            wire.refuse(false);
            await("recovery", () -> answers(app));
        }
    }

    @Test
    void poolExhausted_isUnavailableWithinThePoolWait() throws Exception {
        DatabaseSettings settings =
                DATABASE.settings(EmbeddedDatabase.APP).withPoolSize(2).withPoolWait(Duration.ofMillis(500));
        CountDownLatch taken = new CountDownLatch(2);
        CountDownLatch done = new CountDownLatch(1);
        try (PracticeDatabase app = PracticeDatabase.open(settings);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 2; i++) {
                threads.execute(() -> app.inTransaction(Examples.GLOW, transaction -> {
                    taken.countDown();
                    return await(done);
                }));
            }
            assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();

            long start = System.nanoTime();
            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(app::ping)
                    .satisfies(e -> assertThat(e.mayHaveCommitted()).isFalse())
                    .satisfies(e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(2)));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(450), Duration.ofMillis(1500));

            done.countDown();
            await("a connection", () -> answers(app));
        }
    }

    @Test
    void answerLostAfterAWrite_isNotRepeatedAndSaysThatItMayHaveCommitted() {
        WireCounter wire = WireCounter.before(DATABASE);
        try (PracticeDatabase app = PracticeDatabase.open(
                        wire.settings(EmbeddedDatabase.APP).withPoolSize(1));
                wire) {
            app.ping();
            wire.loseNextAnswer();
            UUID id = UUID.randomUUID();

            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(() -> app.one(Examples.GLOW, Examples.insertNote(id, "answer lost"), Row::toString))
                    .satisfies(e -> assertThat(e.mayHaveCommitted()).isTrue());

            assertThat(app.first(Examples.GLOW, Examples.readNote(id), row -> row.text("body")))
                    .contains("answer lost");
        }
    }

    @Test
    void answerLostToACommit_saysThatItMayHaveCommitted() {
        WireCounter wire = WireCounter.before(DATABASE);
        try (PracticeDatabase app = PracticeDatabase.open(
                        wire.settings(EmbeddedDatabase.APP).withPoolSize(1));
                wire) {
            UUID id = UUID.randomUUID();

            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(() -> app.inTransaction(Examples.GLOW, transaction -> {
                        transaction.one(Examples.insertNote(id, "commit lost"), Row::toString);
                        wire.loseNextAnswer();
                        return id;
                    }))
                    .satisfies(e -> assertThat(e.mayHaveCommitted()).isTrue());

            assertThat(app.first(Examples.GLOW, Examples.readNote(id), row -> row.text("body")))
                    .contains("commit lost");
        }
    }

    @Test
    void networkThatDropsEverything_isUnavailableSoonAfterTheStatementTimeout() {
        WireCounter wire = WireCounter.before(DATABASE);
        DatabaseSettings settings = wire.settings(EmbeddedDatabase.APP)
                .withPoolSize(1)
                .withTimeouts(Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofSeconds(1));
        try (PracticeDatabase app = PracticeDatabase.open(settings);
                wire) {
            app.ping();
            wire.silence(true);

            long start = System.nanoTime();
            assertThatExceptionOfType(DatabaseUnavailable.class).isThrownBy(app::ping);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

            wire.silence(false);
            await("recovery", () -> answers(app));
        }
    }

    @Test
    void idleConnectionsThatDied_costOneFailureNotOneEach() {
        WireCounter wire = WireCounter.before(DATABASE);
        try (PracticeDatabase app = PracticeDatabase.open(
                        wire.settings(EmbeddedDatabase.APP).withPoolSize(4));
                wire) {
            openAll(app, 4);
            wire.cut();

            assertThatThrownBy(app::ping).isInstanceOf(DatabaseUnavailable.class);
            for (int i = 0; i < 8; i++) {
                app.ping();
            }
        }
    }

    /** Uses {@code count} connections at once, so that the pool holds as many. */
    private static void openAll(PracticeDatabase app, int count) {
        CountDownLatch all = new CountDownLatch(count);
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            for (int i = 0; i < count; i++) {
                threads.execute(() -> app.inTransaction(Examples.GLOW, transaction -> {
                    transaction.list(Examples.NOTES.bind(), Row::toString);
                    all.countDown();
                    return await(all);
                }));
            }
        }
        assertThat(all.getCount()).isZero();
    }

    private static boolean answers(PracticeDatabase app) {
        try {
            app.ping();
            return true;
        } catch (DatabaseUnavailable e) {
            assertThat(e.retryAfter()).isPositive();
            return false;
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
