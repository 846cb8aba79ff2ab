package com.medspasync.bench;

import com.google.crypto.tink.Aead;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.Tink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * Fields of 32 bytes encrypted and decrypted by many threads at once: eight of the platform's, and virtual ones of which each does
 * the six fields of one client. Throughput by the clock, in alternating rounds, against JCE with a cipher for each thread.
 */
public final class CryptoThreadsBench {

    private static final int ROUNDS = 31;
    private static final int WARM_UPS = 10;

    private final Library library = new Library();
    private final byte[] plaintext = Jce.bytes(32);
    private final DataKeys keys =
            library.open(Library.CLIENT, library.hierarchy.createClientKey(Library.PRACTICE, Library.CLIENT));
    private final Aead tink = Tink.aesGcm(Jce.bytes(32));

    private CryptoThreadsBench() throws Exception {}

    public static void main(String[] arguments) throws Exception {
        CryptoThreadsBench bench = new CryptoThreadsBench();
        bench.compare("8 threads", () -> Executors.newFixedThreadPool(8), 8, 5_000);
        bench.compare("5,000 virtual threads, six fields each", Executors::newVirtualThreadPerTaskExecutor, 5_000, 6);
    }

    /** What one thread does again and again. */
    private interface Task {
        Rounds.Work begin() throws Exception;
    }

    private Rounds.Work jce() throws Exception {
        Jce raw = new Jce();
        return () -> raw.decrypt(raw.encrypt(plaintext)).length;
    }

    private Rounds.Work fieldCipher() {
        DataKey key = keys.current();
        return () ->
                library.fields.decrypt(keys, Library.SSN, library.fields.encrypt(key, Library.SSN, plaintext)).length;
    }

    private Rounds.Work tink() {
        return () -> tink.decrypt(tink.encrypt(plaintext, Jce.ASSOCIATED_DATA), Jce.ASSOCIATED_DATA).length;
    }

    private void compare(String title, Supplier<ExecutorService> threads, int tasks, int each) throws Exception {
        double[][] perSecond = new double[3][ROUNDS];
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            List<Task> ways = List.of(this::jce, this::fieldCipher, this::tink);
            for (int way = 0; way < ways.size(); way++) {
                double measured = perSecond(threads, tasks, each, ways.get(way));
                if (round >= 0) {
                    perSecond[way][round] = measured;
                }
            }
        }
        double[] toJce = new double[ROUNDS];
        double[] toTink = new double[ROUNDS];
        Arrays.setAll(toJce, i -> perSecond[1][i] / perSecond[0][i]);
        Arrays.setAll(toTink, i -> perSecond[1][i] / perSecond[2][i]);
        System.out.printf(
                Locale.ROOT,
                "%n%s: JCE, a cipher for each thread, %.0f a second; FieldCipher %.0f; Tink %.0f%n"
                        + "  FieldCipher to JCE %.2f, to Tink %.2f (medians of %d alternating rounds)%n",
                title,
                Rounds.median(perSecond[0]),
                Rounds.median(perSecond[1]),
                Rounds.median(perSecond[2]),
                Rounds.median(toJce),
                Rounds.median(toTink),
                ROUNDS);
    }

    private static double perSecond(Supplier<ExecutorService> threads, int tasks, int each, Task task)
            throws Exception {
        List<Future<Integer>> done = new ArrayList<>(tasks);
        try (ExecutorService executor = threads.get()) {
            long start = System.nanoTime();
            for (int i = 0; i < tasks; i++) {
                done.add(executor.submit(() -> {
                    Rounds.Work work = task.begin();
                    int bytes = 0;
                    for (int operation = 0; operation < each; operation++) {
                        bytes += work.once();
                    }
                    return bytes;
                }));
            }
            int bytes = 0;
            for (Future<Integer> one : done) {
                bytes += one.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            if (bytes != tasks * each * 32) {
                throw new IllegalStateException("not everything came back");
            }
            return tasks * each / seconds;
        }
    }
}
