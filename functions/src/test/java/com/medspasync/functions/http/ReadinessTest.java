package com.medspasync.functions.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.medspasync.functions.http.Readiness.Report;
import com.medspasync.functions.http.Readiness.Result;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadinessTest {

    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void report_ofStoresThatAnswer_isReadyAndKeepsTheirOrder() {
        Report report = new Readiness(List.of(probe("database", true, () -> {}), probe("redis", false, () -> {})), LONG)
                .report();

        assertThat(report.isReady()).isTrue();
        assertThat(report.isDegraded()).isFalse();
        assertThat(report.results())
                .extracting(Result::name, Result::required, Result::up)
                .containsExactly(tuple("database", true, true), tuple("redis", false, true));
    }

    @Test
    void report_withoutAStoreThatIsNotRequired_isReadyButDegraded() {
        Report report = new Readiness(
                        List.of(probe("database", true, () -> {}), probe("redis", false, ReadinessTest::fail)), LONG)
                .report();

        assertThat(report.isReady()).isTrue();
        assertThat(report.isDegraded()).isTrue();
    }

    @Test
    void report_withoutARequiredStore_isNotReady() {
        assertThat(new Readiness(List.of(probe("database", true, ReadinessTest::fail)), LONG)
                        .report()
                        .isReady())
                .isFalse();
    }

    @Test
    void report_whenACheckThrowsAnError_isNotReady() {
        ReadinessProbe broken = probe("database", true, () -> {
            throw new NoClassDefFoundError("driver");
        });

        assertThat(new Readiness(List.of(broken), LONG).report().isReady()).isFalse();
    }

    @Test
    void report_asksAllStoresAtOnce() {
        CyclicBarrier together = new CyclicBarrier(3);
        ReadinessProbe.Check meet = () -> together.await(20, TimeUnit.SECONDS);

        assertThat(new Readiness(List.of(probe("a", true, meet), probe("b", true, meet), probe("c", true, meet)), LONG)
                        .report()
                        .isReady())
                .isTrue();
    }

    @Test
    void report_ofAStoreThatHangs_comesInTimeAndDoesNotAskItTwice() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        Readiness readiness = new Readiness(
                List.of(
                        probe("database", true, () -> {
                            asked.incrementAndGet();
                            never.await();
                        }),
                        probe("redis", false, () -> {})),
                SOON);

        long begun = System.nanoTime();
        Report first = readiness.report();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(first.results()).extracting(Result::up).containsExactly(false, true);
        assertThat(first.results().getFirst().latencyMs()).isGreaterThanOrEqualTo(SOON.toMillis());

        Report second = reportAfter(readiness, first);
        assertThat(second.isReady()).isFalse();
        assertThat(asked).hasValue(1);
        never.countDown();
    }

    @Test
    void report_askedAgainAtOnce_isTheSame() {
        AtomicInteger asked = new AtomicInteger();
        Readiness readiness = new Readiness(List.of(probe("database", true, asked::incrementAndGet)), LONG);

        Report first = readiness.report();
        assertThat(readiness.report()).isSameAs(first);
        assertThat(asked).hasValue(1);
    }

    @Test
    void report_ofAStoreThatComesBack_isReadyAgain() {
        AtomicInteger asked = new AtomicInteger();
        Readiness readiness = new Readiness(
                List.of(probe("database", true, () -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new IllegalStateException("down");
                    }
                })),
                LONG);

        Report first = readiness.report();
        assertThat(first.isReady()).isFalse();
        assertThat(reportAfter(readiness, first).isReady()).isTrue();
    }

    /** The next report that is made anew, once the one before has served its time. */
    private static Report reportAfter(Readiness readiness, Report before) {
        long end = System.nanoTime() + Readiness.SERVES.toNanos();
        for (long left = end - System.nanoTime(); left >= 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left + 1);
        }
        Report report = readiness.report();
        assertThat(report).isNotSameAs(before);
        return report;
    }

    private static ReadinessProbe probe(String name, boolean required, ReadinessProbe.Check check) {
        return new ReadinessProbe(name, required, check);
    }

    private static void fail() {
        throw new IllegalStateException("down");
    }
}
