package com.medspasync.functions.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueClientBuilder;
import com.azure.storage.queue.QueueMessageEncoding;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.medspasync.job.QueueUnavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobMessagesTest {

    private final UUID rotation = UUID.randomUUID();

    @Test
    void send_toAQueueThatIsNotThere_makesItAndSendsWhatTheHostReads() {
        AtomicInteger built = new AtomicInteger();
        QueueClient queue = queue(QueueMessageEncoding.BASE64, SharedAzurite.connectionString());
        JobMessages messages = new JobMessages(() -> {
            built.incrementAndGet();
            return queue;
        });
        assertThat(built).hasValue(0);
        messages.send(rotation, Duration.ZERO);
        messages.send(rotation, Duration.ofMinutes(1));
        assertThat(built).hasValue(1);

        QueueClient raw = new QueueClientBuilder()
                .connectionString(SharedAzurite.connectionString())
                .queueName(queue.getQueueName())
                .buildClient();
        assertThat(raw.receiveMessages(10))
                .singleElement()
                .satisfies(message -> assertThat(
                                Base64.getDecoder().decode(message.getBody().toString()))
                        .isEqualTo(rotation.toString().getBytes(UTF_8)));
        raw.delete();
    }

    @Test
    void send_withTheQueueServiceGone_isUnavailableWithinBounds() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = socket.getLocalPort();
        }
        String gone = SharedAzurite.connectionString()
                .replaceAll("QueueEndpoint=[^;]*", "QueueEndpoint=http://127.0.0.1:" + nobody + "/devstoreaccount1");
        JobMessages messages = new JobMessages(() -> queue(QueueMessageEncoding.BASE64, gone));
        long start = System.nanoTime();
        assertThatThrownBy(() -> messages.send(rotation, Duration.ZERO)).isInstanceOf(QueueUnavailable.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    private QueueClient queue(QueueMessageEncoding encoding, String connection) {
        return new QueueClientBuilder()
                .connectionString(connection)
                .queueName("rotations-" + rotation)
                .messageEncoding(encoding)
                .buildClient();
    }
}
