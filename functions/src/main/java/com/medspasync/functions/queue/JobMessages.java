package com.medspasync.functions.queue;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.models.QueueErrorCode;
import com.azure.storage.queue.models.QueueStorageException;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A queue whose messages are the ids of jobs, and nothing else; {@link JobTrigger} reads it. Thread-safe. */
public final class JobMessages implements JobQueue {

    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration FOREVER = Duration.ofSeconds(-1);

    private final Supplier<QueueClient> client;
    private final ReentrantLock building = new ReentrantLock();
    private @Nullable QueueClient built;

    /** @param client called once, with the first message */
    public JobMessages(Supplier<QueueClient> client) {
        this.client = client;
    }

    @Override
    public void send(UUID job, Duration delay) {
        try {
            QueueClient queue = queue();
            try {
                send(queue, job, delay);
            } catch (RuntimeException e) {
                if (!saysThatThereIsNoQueue(e)) {
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

    /** Where a call is bounded in time, the client wraps what the service said. */
    private static boolean saysThatThereIsNoQueue(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QueueStorageException refused
                    && QueueErrorCode.QUEUE_NOT_FOUND.equals(refused.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    private static void send(QueueClient queue, UUID job, Duration delay) {
        queue.sendMessageWithResponse(job.toString(), delay, FOREVER, WITHIN, Context.NONE);
    }

    private QueueClient queue() {
        building.lock();
        try {
            if (built == null) {
                built = client.get();
            }
            return built;
        } finally {
            building.unlock();
        }
    }
}
