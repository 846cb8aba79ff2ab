package com.medspasync.functions.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueErrorCode;
import com.medspasync.functions.fault.StorageFaults;
import com.medspasync.hosting.BuiltAtFirstUse;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** A queue whose messages are the ids of jobs, and nothing else; {@link JobTrigger} reads it. Thread-safe. */
public final class JobMessages implements JobQueue {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofSeconds(-1);

    private final Supplier<QueueClient> client;

    /** @param client called once, with the first message */
    public JobMessages(Supplier<QueueClient> client) {
        this.client = new BuiltAtFirstUse<>(client);
    }

    @Override
    public void send(UUID job, Duration delay) {
        try {
            QueueClient queue = client.get();
            try {
                send(queue, job, delay);
            } catch (RuntimeException e) {
                if (!StorageFaults.says(e, QueueErrorCode.QUEUE_NOT_FOUND)) {
                    throw e;
                }
                queue.createIfNotExists();
                send(queue, job, delay);
            }
        } catch (RuntimeException e) {
            // The client throws its own exceptions, the connection's, and a bare one around a timeout.
            throw new QueueUnavailable(e);
        }
    }

    private static void send(QueueClient queue, UUID job, Duration delay) {
        queue.sendMessageWithResponse(job.toString(), delay, FOREVER, WITHIN, Context.NONE);
    }
}
