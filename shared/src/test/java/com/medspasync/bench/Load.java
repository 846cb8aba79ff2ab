package com.medspasync.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Runs one operation again and again, in some threads, for a while. */
final class Load {

    private static final Duration LENGTH = Duration.ofMillis(1_500);

    private Load() {}

    /**
     * What came of it.
     *
     * @param perSecond operations a second, in all threads together
     * @param processorMicros what one operation took of this process's processor time, which other processes disturb least
     * @param bytesEach what one operation allocated
     */
    record Result(double perSecond, double processorMicros, long bytesEach) {}

    static Result run(int threads, Supplier<Optional<?>> operation) throws InterruptedException {
        AtomicLong operations = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        AtomicLong processor = new AtomicLong();
        AtomicLong missing = new AtomicLong();
        long start = System.nanoTime();
        long end = start + LENGTH.toNanos();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = memory.getCurrentThreadAllocatedBytes();
                long processorBefore = memory.getCurrentThreadCpuTime();
                long count = 0;
                while (System.nanoTime() < end) {
                    if (operation.get().isEmpty()) {
                        missing.incrementAndGet();
                    }
                    count++;
                }
                operations.addAndGet(count);
                processor.addAndGet(memory.getCurrentThreadCpuTime() - processorBefore);
                bytes.addAndGet(memory.getCurrentThreadAllocatedBytes() - before);
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (operations.get() == 0 || missing.get() > 0) {
            throw new IllegalStateException(missing + " of " + operations + " operations found nothing");
        }
        return new Result(
                operations.get() / seconds,
                processor.get() / 1_000.0 / operations.get(),
                bytes.get() / operations.get());
    }
}
