package com.medspasync.functions.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.models.PeekedMessageItem;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.ExponentialBackoffRetry;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How queue functions are fed, retried and given up, against a real emulator. */
@Timeout(120)
class QueueFactsTest {

    /** Notes what it gets; fails on what begins with "bad", waits on what begins with "wait". */
    public static final class Worked {

        private final Queue<String> seen = new ConcurrentLinkedQueue<>();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final CountDownLatch gate = new CountDownLatch(1);

        @FunctionName("Work")
        @ExponentialBackoffRetry(maxRetryCount = 4, minimumInterval = "00:00:01", maximumInterval = "00:00:02")
        public void work(
                @QueueTrigger(name = "message", queueName = "%QUEUE%", connection = "AzureWebJobsStorage")
                        String message,
                @BindingName("DequeueCount") String dequeueCount)
                throws InterruptedException {
            seen.add(message + " #" + dequeueCount);
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                if (message.startsWith("wait")) {
                    gate.await();
                }
                if (message.startsWith("bad")) {
                    throw new IllegalStateException("no good");
                }
            } finally {
                atOnce.decrementAndGet();
            }
        }
    }

    private final List<LocalHost> hosts = new ArrayList<>();
    private final String name = "work-" + UUID.randomUUID();
    private final Worked worked = new Worked();
    private final QueueClient queue = client(name);
    private final QueueClient poison = client(name + "-poison");

    private final HostJson.Queues settings = new HostJson.Queues(2, 1, Duration.ZERO, 3, Duration.ofMillis(200), true);

    @BeforeEach
    void create() {
        queue.create();
    }

    private LocalHost start(HostJson.Queues queues) {
        FunctionInstanceInjector injector = new FunctionInstanceInjector() {
            @Override
            public <T> T getInstance(Class<T> type) {
                return type.cast(worked);
            }
        };
        LocalHost host = LocalHost.serving(FunctionCatalogue.of(Worked.class))
                .injector(injector)
                .hostJson(HostJson.defaults().withQueues(queues))
                .settings(Map.of("QUEUE", name, "AzureWebJobsStorage", SharedAzurite.connectionString()))
                .start();
        hosts.add(host);
        return host;
    }

    @AfterEach
    void stop() {
        hosts.forEach(LocalHost::close);
    }

    @Test
    void message_isDecodedFromBase64_andDeletedWhenTheFunctionEnds() {
        start(settings);
        send("grüß dich");
        Await.until(() -> worked.seen.contains("grüß dich #1"));
        Await.until(() -> count(queue) == 0);
        assertThat(worked.seen).containsExactly("grüß dich #1");
    }

    @Test
    void failedMessage_isRetriedAsHostJsonSays_notAsTheAnnotationSays_andEndsInThePoisonQueue() {
        start(settings);
        send("bad news");
        Await.until(() -> count(poison) == 1);
        Await.until(() -> count(queue) == 0);
        assertThat(worked.seen).containsExactly("bad news #1", "bad news #2", "bad news #3");
        assertThat(Base64.getDecoder().decode(peek(poison))).isEqualTo("bad news".getBytes(UTF_8));
    }

    @Test
    void failedMessage_staysHiddenForTheVisibilityTimeout() {
        HostJson.Queues patient = new HostJson.Queues(2, 1, Duration.ofMinutes(5), 3, Duration.ofMillis(100), true);
        start(patient);
        send("bad news");
        send("good news");
        Await.until(() -> worked.seen.size() == 2);
        send("more good news");
        Await.until(() -> worked.seen.size() == 3);
        assertThat(worked.seen).filteredOn(text -> text.startsWith("bad")).containsExactly("bad news #1");
        assertThat(count(queue)).isEqualTo(1);
    }

    @Test
    void message_thatIsNotBase64_goesToThePoisonQueueUntried() {
        start(settings);
        queue.sendMessage("{not base64}");
        Await.until(() -> count(poison) == 1);
        assertThat(worked.seen).isEmpty();
        assertThat(peek(poison)).isEqualTo("{not base64}");
    }

    @Test
    void messages_inWork_areNoMoreThanABatchAndTheThreshold() {
        start(settings);
        for (int i = 0; i < 8; i++) {
            send("wait " + i);
        }
        Await.until(() -> worked.atOnce.get() >= 2);
        worked.gate.countDown();
        Await.until(() -> worked.seen.size() == 8);
        assertThat(worked.most.get()).isBetween(2, 3);
    }

    @Test
    void queue_thatDoesNotExistYet_isPolledUntilItDoes() {
        queue.delete();
        start(settings);
        queue.create();
        send("late");
        Await.until(() -> worked.seen.contains("late #1"));
    }

    @Test
    void stop_waitsForTheMessageInWork_andAnotherStartGoesOn() {
        LocalHost host = start(settings);
        send("wait a moment");
        Await.until(() -> worked.atOnce.get() == 1);
        Thread stopping = Thread.ofPlatform().start(host::close);
        worked.gate.countDown();
        Await.until(() -> !stopping.isAlive());
        assertThat(count(queue)).isZero();

        send("next");
        assertThat(count(queue)).isEqualTo(1);
        start(settings);
        Await.until(() -> worked.seen.contains("next #1"));
    }

    @Test
    void admin_runsAQueueFunctionByHand() {
        LocalHost host = start(settings);
        int status = new Http(host)
                .send("POST", "/admin/functions/work", "application/json", "{\"input\": \"by hand\"}".getBytes(UTF_8))
                .statusCode();

        assertThat(status).isEqualTo(202);
        Await.until(() -> worked.seen.contains("by hand #1"));
    }

    private void send(String text) {
        queue.sendMessage(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }

    private static long count(QueueClient queue) {
        return queue.getProperties().getApproximateMessagesCountLong();
    }

    private static String peek(QueueClient queue) {
        PeekedMessageItem message = queue.peekMessage();
        return message == null ? "" : message.getBody().toString();
    }

    private static QueueClient client(String name) {
        return new QueueClientBuilder()
                .connectionString(SharedAzurite.connectionString())
                .queueName(name)
                .buildClient();
    }
}
