package com.medspasync.functions.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Tells a person at a terminal what happens: a line for each step when it is done, with the milliseconds it took. Thread-safe. */
final class Progress {

    private final PrintStream out;
    private final long start = System.nanoTime();

    Progress(PrintStream out) {
        this.out = out;
    }

    <T> T step(String name, Supplier<T> work) {
        long began = System.nanoTime();
        T result = work.get();
        line(String.format(Locale.ROOT, "  %-46s %6d ms", name, millis(began)));
        return result;
    }

    synchronized void line(String text) {
        out.println(text);
        out.flush();
    }

    Duration elapsed() {
        return Duration.ofMillis(millis(start));
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
