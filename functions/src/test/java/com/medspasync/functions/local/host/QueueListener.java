package com.medspasync.functions.local.host;

import com.azure.core.util.Context;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.QueueErrorCode;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import com.medspasync.hosting.AzureHttp;
import com.microsoft.azure.functions.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Polls one queue: a batch at a time, a next one when few enough messages are left in work. A message whose function fails becomes visible again
 * after the visibility timeout, and goes to the poison queue when it has been tried often enough. Annotations for retries do nothing.
 */
final class QueueListener extends Listener {

    private static final Logger LOG = Logger.getLogger(QueueListener.class.getName());

    /** How long a message stays hidden while it is worked on; renewed at half time, as the real listener does. */
    private static final Duration HIDDEN = Duration.ofMinutes(10);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofMillis(50);

    private final Function function;
    private final String queueName;
    private final String connectionString;
    private final HostJson.Queues settings;
    private final Invocations invocations;
    private final ScheduledExecutorService renewals;
    private final AtomicInteger working = new AtomicInteger();
    private @Nullable QueueClient queue;
    private Duration pause = SHORTEST_PAUSE;

    QueueListener(
            Function function,
            Trigger.Queue trigger,
            String connectionString,
            HostJson.Queues settings,
            Invocations invocations,
            ScheduledExecutorService renewals) {
        super(function.name());
        this.function = function;
        this.queueName = trigger.queueName();
        this.connectionString = connectionString;
        this.settings = settings;
        this.invocations = invocations;
        this.renewals = renewals;
    }

    @Override
    void work() throws InterruptedException {
        if (working.get() > settings.newBatchThreshold()) {
            await(settings.maxPollingInterval());
            return;
        }
        QueueClient current = queue;
        if (current == null) {
            current = client(queueName);
            queue = current;
        }
        List<QueueMessageItem> batch = receive(current);
        if (batch.isEmpty()) {
            await(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(settings.maxPollingInterval()) < 0 ? doubled : settings.maxPollingInterval();
            return;
        }
        pause = SHORTEST_PAUSE;
        working.addAndGet(batch.size());
        for (QueueMessageItem message : batch) {
            process(new Delivery(current, message));
        }
    }

    /** Waits for what is still being worked on. */
    @Override
    void finish() {
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (working.get() > 0 && System.nanoTime() < deadline) {
            java.util.concurrent.locks.LockSupport.parkNanos(DRAIN.toNanos());
        }
    }

    /** Runs the function on {@code text} at once, without a message. */
    void runOnce(String text) {
        var unused = invocations.start(
                function, new Input.Message(text, Map.of("QueueTrigger", text, "DequeueCount", "1")), trace());
    }

    private List<QueueMessageItem> receive(QueueClient from) {
        try {
            return from.receiveMessages(settings.batchSize(), HIDDEN, null, Context.NONE).stream()
                    .toList();
        } catch (QueueStorageException e) {
            if (QueueErrorCode.QUEUE_NOT_FOUND.equals(e.getErrorCode())) {
                return List.of();
            }
            throw e;
        }
    }

    private void process(Delivery delivery) {
        Optional<String> text = decode(delivery.message.getBody().toString());
        if (text.isEmpty() || delivery.message.getDequeueCount() > settings.maxDequeueCount()) {
            done(delivery::poison);
            return;
        }
        ScheduledFuture<?> renewal = renewals.scheduleAtFixedRate(
                delivery::renew, HIDDEN.toSeconds() / 2, HIDDEN.toSeconds() / 2, TimeUnit.SECONDS);
        var unused = invocations
                .start(function, new Input.Message(text.get(), delivery.metadata(text.get())), trace())
                .whenComplete((result, failure) -> {
                    renewal.cancel(false);
                    done(failure == null ? delivery::delete : delivery::failed);
                });
    }

    private void done(Runnable settle) {
        try {
            settle.run();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.WARNING,
                    e,
                    () -> "A message of " + queueName + " was not settled and will be delivered again");
        } finally {
            working.decrementAndGet();
            wake();
        }
    }

    private Optional<String> decode(String text) {
        if (!settings.base64()) {
            return Optional.of(text);
        }
        try {
            return Optional.of(new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            LOG.warning(() -> "A message of " + queueName + " is not base64: to the poison queue");
            return Optional.empty();
        }
    }

    private QueueClient client(String name) {
        return new QueueClientBuilder()
                .httpClient(AzureHttp.within(Duration.ofSeconds(30)))
                .connectionString(connectionString)
                .queueName(name)
                .buildClient();
    }

    private static TraceContext trace() {
        return new WorkerContext.Trace(TraceParents.child(null), "");
    }

    /** A message in work. Each renewal changes the receipt that the next call must show. */
    private final class Delivery {

        private final QueueClient from;
        private final QueueMessageItem message;
        private final AtomicReference<String> receipt;

        Delivery(QueueClient from, QueueMessageItem message) {
            this.from = from;
            this.message = message;
            this.receipt = new AtomicReference<>(message.getPopReceipt());
        }

        Map<String, String> metadata(String text) {
            return Map.of(
                    "QueueTrigger",
                    text,
                    "Id",
                    message.getMessageId(),
                    "DequeueCount",
                    Long.toString(message.getDequeueCount()),
                    "PopReceipt",
                    message.getPopReceipt(),
                    "InsertionTime",
                    "\"" + message.getInsertionTime() + "\"",
                    "ExpirationTime",
                    "\"" + message.getExpirationTime() + "\"",
                    "NextVisibleTime",
                    "\"" + message.getTimeNextVisible() + "\"");
        }

        void renew() {
            try {
                hideFor(HIDDEN);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.WARNING,
                        e,
                        () -> "A message of " + queueName + " was not renewed and may be delivered twice");
            }
        }

        void delete() {
            from.deleteMessage(message.getMessageId(), receipt.get());
        }

        void failed() {
            if (message.getDequeueCount() >= settings.maxDequeueCount()) {
                poison();
            } else {
                hideFor(settings.visibilityTimeout());
            }
        }

        void poison() {
            QueueClient poison = client(queueName + "-poison");
            poison.createIfNotExists();
            poison.sendMessage(message.getBody());
            delete();
            LOG.warning(() -> "A message of " + queueName + " went to " + queueName + "-poison");
        }

        private void hideFor(Duration time) {
            receipt.set(from.updateMessage(
                            message.getMessageId(),
                            receipt.get(),
                            message.getBody().toString(),
                            time)
                    .getPopReceipt());
        }
    }
}
