package com.medspasync.crypto;

import static com.medspasync.crypto.Examples.GLOW;
import static com.medspasync.crypto.Examples.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {

    private final FieldCipher cipher = new FieldCipher(new Envelope(Examples.RANDOM));

    @Test
    void encryptAndDecrypt_onEightPlatformThreads_neverMixUp() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            run(threads, 8, 1_000);
        }
    }

    @Test
    void encryptAndDecrypt_onAThousandVirtualThreads_neverMixUp() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            run(threads, 1_000, 10);
        }
    }

    @Test
    void purposeKey_neededByManyAtOnce_isLoadedOnce() throws Exception {
        MemoryPracticeKeys stored = new MemoryPracticeKeys();
        KeyHierarchy hierarchy = Examples.hierarchy(new MemoryRootKeys(), stored, new SteppingClock());
        stored.store(GLOW, hierarchy.createPracticeKey(GLOW));
        List<Future<DataKey>> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                found.add(threads.submit(() -> hierarchy.purposeKey(GLOW, Purpose.CACHE_VALUES)));
            }
        }
        for (Future<DataKey> one : found) {
            assertThat(one.get()).isEqualTo(found.getFirst().get());
        }
        assertThat(stored.loads).hasValue(1);
    }

    /** Each task has a key and a row of its own, and now and then opens with the wrong one, which must leave no trace. */
    private void run(ExecutorService threads, int tasks, int rounds) throws Exception {
        List<Future<?>> running = IntStream.range(0, tasks)
                .<Future<?>>mapToObj(task -> threads.submit(() -> work(task, rounds)))
                .toList();
        for (Future<?> one : running) {
            one.get();
        }
    }

    private void work(int task, int rounds) {
        DataKey key = Examples.key(1 + task);
        DataKey wrong = Examples.key(1 + task);
        FieldContext context = new FieldContext(GLOW, "clients", "notes", new UUID(task, 0));
        for (int round = 0; round < rounds; round++) {
            String text = task + ":" + round + ":" + "n".repeat(round % 50);
            byte[] sealed = cipher.encrypt(key, context, text);
            assertThat(cipher.decryptText(keys(key), context, sealed)).isEqualTo(text);
            if (round % 10 == 5) {
                assertThatThrownBy(() -> cipher.decrypt(keys(wrong), context, sealed))
                        .isInstanceOf(TamperedCiphertext.class);
            }
        }
    }
}
