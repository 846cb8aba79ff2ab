package com.medspasync.functions.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks all stores at once, and waits for the slowest no longer than a timeout.
 *
 * <p>Anyone may ask, so that asking must not become a load: a report serves everyone for {@link #SERVES}, one is made at a time,
 * and a check that hangs is not started a second time. Thread-safe.
 */
public final class Readiness {

    static final Duration SERVES = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(Readiness.class.getName());

    private final List<Station> stations;
    private final Duration timeout;
    private @Nullable Report last;
    private long madeAt;

    /**
     * What the stores said.
     *
     * @param up whether it answered in time
     * @param latencyMs how long it took to answer, or until it was given up
     */
    public record Result(String name, boolean required, boolean up, long latencyMs) {}

    /** All results, in the order of the probes. */
    public record Report(List<Result> results) {
        public Report {
            results = List.copyOf(results);
        }

        /** Whether every store answered without which nothing can be served. */
        public boolean isReady() {
            return results.stream().allMatch(result -> result.up() || !result.required());
        }

        /** Whether some store did not answer. */
        public boolean isDegraded() {
            return results.stream().anyMatch(result -> !result.up());
        }
    }

    public Readiness(List<ReadinessProbe> probes, Duration timeout) {
        this.stations = probes.stream().map(Station::new).toList();
        this.timeout = timeout;
    }

    /** A report that is at most {@link #SERVES} old. */
    public synchronized Report report() {
        long now = System.nanoTime();
        if (last == null || now - madeAt > SERVES.toNanos()) {
            long deadline = now + timeout.toNanos();
            stations.forEach(Station::start);
            last = new Report(
                    stations.stream().map(station -> station.result(deadline)).toList());
            madeAt = System.nanoTime();
        }
        return last;
    }

    /** One probe and its check under way; used under the lock of the report. */
    private static final class Station {
        private final ReadinessProbe probe;
        private @Nullable CompletableFuture<Long> running;
        private long startedAt;
        private boolean wasUp = true;

        Station(ReadinessProbe probe) {
            this.probe = probe;
        }

        void start() {
            if (running == null || running.isDone()) {
                CompletableFuture<Long> answer = new CompletableFuture<>();
                running = answer;
                startedAt = System.nanoTime();
                long from = startedAt;
                Thread.ofVirtual().name("readiness-" + probe.name()).start(() -> run(answer, from));
            }
        }

        private void run(CompletableFuture<Long> answer, long from) {
            try {
                probe.check().run();
                answer.complete(System.nanoTime() - from);
            } catch (Throwable failure) {
                answer.completeExceptionally(failure);
            }
        }

        Result result(long deadline) {
            CompletableFuture<Long> answer = running;
            String failure = "not started";
            if (answer != null) {
                try {
                    long nanos = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
                    tell(true, "");
                    return result(true, nanos);
                } catch (TimeoutException late) {
                    failure = "timeout";
                } catch (ExecutionException failed) {
                    failure = String.valueOf(
                            failed.getCause() == null
                                    ? null
                                    : failed.getCause().getClass().getName());
                } catch (InterruptedException stopping) {
                    Thread.currentThread().interrupt();
                    failure = "interrupted";
                }
            }
            tell(false, failure);
            return result(false, System.nanoTime() - startedAt);
        }

        private Result result(boolean up, long nanos) {
            return new Result(probe.name(), probe.required(), up, TimeUnit.NANOSECONDS.toMillis(nanos));
        }

        /** Once for each change; the class of the failure only, since messages may hold addresses and values. */
        private void tell(boolean up, String failure) {
            if (up != wasUp) {
                wasUp = up;
                LOG.log(
                        up ? Level.INFO : Level.WARNING,
                        "store " + probe.name() + (up ? " answers again" : " does not answer: " + failure));
            }
        }
    }
}
