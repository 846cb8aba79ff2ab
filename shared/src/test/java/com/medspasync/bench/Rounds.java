package com.medspasync.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Compares ways of doing one thing: in alternating rounds, so that what else the machine does hits all of them alike, and by
 * medians, so that one hiccup counts for nothing. It takes the processor time of its own thread, which is what a busy machine
 * distorts least.
 */
final class Rounds {

    /** One way, done once; returns a number that depends on the work, so that the compiler cannot drop it. */
    @FunctionalInterface
    interface Work {
        int once() throws Exception;
    }

    @SuppressWarnings("ArrayRecordComponent") // filled in place, never compared
    private record Candidate(String name, Work work, double[] nanos) {}

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP_ROUNDS = 15;
    private static final long ROUND_NANOS = 100_000_000;

    private final int rounds;
    private final List<Candidate> candidates = new ArrayList<>();

    private long consumed;

    Rounds(int rounds) {
        this.rounds = rounds;
    }

    Rounds with(String name, Work work) {
        candidates.add(new Candidate(name, work, new double[rounds]));
        return this;
    }

    /** Prints, for each, the median time and how it compares with the first: above 1 is faster than it. The times, in nanoseconds. */
    double[] print(String title) throws Exception {
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            for (Candidate candidate : candidates) {
                double nanos = measure(candidate.work());
                if (round >= 0) {
                    candidate.nanos()[round] = nanos;
                }
            }
        }
        System.out.printf(Locale.ROOT, "%n%s (medians of %d alternating rounds)%n", title, rounds);
        Candidate first = candidates.getFirst();
        for (Candidate candidate : candidates) {
            double[] ratios = new double[rounds];
            Arrays.setAll(ratios, i -> first.nanos()[i] / candidate.nanos()[i]);
            System.out.printf(
                    Locale.ROOT,
                    "  %-58s %9.0f ns   ratio %.2f%n",
                    candidate.name(),
                    median(candidate.nanos()),
                    median(ratios));
        }
        if (consumed == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return candidates.stream()
                .mapToDouble(candidate -> median(candidate.nanos()))
                .toArray();
    }

    private double measure(Work work) throws Exception {
        long end = System.nanoTime() + ROUND_NANOS;
        long start = THREADS.getCurrentThreadCpuTime();
        long operations = 0;
        do {
            for (int i = 0; i < 64; i++) {
                consumed += work.once();
            }
            operations += 64;
        } while (System.nanoTime() < end);
        return (double) (THREADS.getCurrentThreadCpuTime() - start) / operations;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
