package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.medspasync.functions.AppSettings.Storage;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.medspasync.functions.queue.JobMessages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StorageAccountTest {

    /** More than the threads that Azure's library runs calls with a time limit on. */
    private static final int AT_ONCE = 64;

    @Test
    void calls_moreAtOnceThanTheLibraryHasThreads_areAllAnswered() throws Exception {
        StorageAccount account =
                new StorageAccount(new Storage.ConnectionString(SharedAzurite.connectionString()), () -> {
                    throw new AssertionError("a connection string needs no identity");
                });
        QueueClient queue = account.queue("at-once-" + UUID.randomUUID());
        queue.create();
        JobMessages messages = new JobMessages(() -> queue);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> sending = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                sending.add(threads.submit(() -> messages.send(UUID.randomUUID(), Duration.ZERO)));
            }
            for (Future<?> sent : sending) {
                sent.get();
            }
        }
        assertThat(queue.getProperties().getApproximateMessagesCountLong()).isEqualTo(AT_ONCE);
        queue.delete();
    }
}
