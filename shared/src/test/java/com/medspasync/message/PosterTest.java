package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers as a hostile or broken receiver may be. */
class PosterTest {

    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final CountDownLatch end = new CountDownLatch(1);
    private final Poster poster =
            new Poster(InetAddress::getAllByName, InetAddress::isLoopbackAddress, null, LIMIT, LIMIT);

    @AfterEach
    void endServers() {
        end.countDown();
    }

    @Test
    void post_serverThatNeverAnswers_failsInTime() throws IOException {
        try (RawServer server = new RawServer(socket -> untilTheEnd())) {
            failsInTime(server.url());
        }
    }

    /** Each byte comes in good time, and the whole never does. */
    @Test
    void post_serverThatAnswersByteByByte_failsInTime() throws IOException {
        try (RawServer server = new RawServer(socket -> {
            write(socket, "HTTP/1.1 100 Continue\r\nX: ");
            while (end.getCount() > 0) {
                write(socket, "x");
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        })) {
            failsInTime(server.url());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.6\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 200"
            })
    void post_serverThatSpeaksSomethingElse_fails(String answer) throws IOException {
        try (RawServer server = new RawServer(socket -> write(socket, answer))) {
            failsInTime(server.url());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n"})
    void post_serverWhoseHeadHasNoEnd_isReadNoFurtherThanAHeadMayBe(String again) throws IOException {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(socket -> pour(socket, again.repeat(1000), written))) {
            assertThatThrownBy(() -> new Poster(
                                    InetAddress::getAllByName,
                                    InetAddress::isLoopbackAddress,
                                    null,
                                    LIMIT,
                                    Duration.ofSeconds(30))
                            .post(server.url(), Map.of(), new byte[0]))
                    .isInstanceOf(IOException.class);
        }
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @Test
    void post_answerAfterAnnouncements_isTheLast() throws IOException {
        String answer =
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.0 202 Accepted\r\n\r\n";
        try (RawServer server = new RawServer(socket -> write(socket, answer))) {
            assertThat(post(server.url())).isEqualTo(202);
        }
    }

    @Test
    void post_answerWithoutEnd_isNotRead() throws IOException {
        AtomicLong written = new AtomicLong();
        try (RawServer server = new RawServer(socket -> {
            write(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            pour(socket, "x".repeat(100_000), written);
        })) {
            assertThat(post(server.url())).isEqualTo(200);
        }
        // What stands in the buffers of both ends.
        assertThat(written.get()).isLessThan(20 << 20);
    }

    /** The JDK's {@code HttpURLConnection} posts twice here. */
    @Test
    void post_serverThatHangsUp_isAskedOnce() throws IOException {
        try (RawServer server = new RawServer(socket -> {})) {
            failsInTime(server.url());
            failsInTime(server.url());
            assertThat(server.asked).hasValue(2);
        }
    }

    @Test
    void post_nobodyListens_fails() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        failsInTime(nobody);
    }

    @Test
    void post_nameThatIsNotFound_orNotInTime_fails() {
        URI url = URI.create("http://hook.example/");
        assertThatThrownBy(() -> resolvingBy(host -> {
                            throw new UnknownHostException(host);
                        })
                        .post(url, Map.of(), new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hook");
        long start = System.nanoTime();
        assertThatThrownBy(() -> resolvingBy(host -> {
                            untilTheEnd();
                            return new InetAddress[] {HERE};
                        })
                        .post(url, Map.of(), new byte[0]))
                .isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    /** It leads elsewhere at each look-up; there is only one, and where it was checked to lead is connected to. */
    @Test
    void post_nameThatChangesItsAddress_gainsNothing() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        try (RawServer server = new RawServer(socket -> write(socket, "HTTP/1.1 200 OK\r\n\r\n"))) {
            Poster changing = new Poster(
                    host -> new InetAddress[] {lookups.getAndIncrement() == 0 ? HERE : elsewhere},
                    HERE::equals,
                    null,
                    LIMIT,
                    Duration.ofSeconds(10));
            URI url = URI.create("http://hook.example:" + server.url().getPort() + "/");
            assertThat(changing.post(url, Map.of(), new byte[0])).isEqualTo(200);
            assertThat(lookups).hasValue(1);
            assertThatThrownBy(() -> changing.post(url, Map.of(), new byte[0])).isInstanceOf(Poster.Forbidden.class);
        }
    }

    private static Poster resolvingBy(Poster.Names names) {
        return new Poster(names, address -> true, null, LIMIT, LIMIT);
    }

    private static int post(URI url) throws IOException {
        return new Poster(
                        InetAddress::getAllByName,
                        InetAddress::isLoopbackAddress,
                        null,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10))
                .post(url, Map.of(), new byte[] {'x'});
    }

    private void failsInTime(URI url) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> poster.post(url, Map.of(), new byte[] {'x'})).isInstanceOf(IOException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    private void untilTheEnd() {
        try {
            var unused = end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void pour(Socket socket, String text, AtomicLong written) throws IOException {
        while (end.getCount() > 0 && written.get() < 1L << 28) {
            write(socket, text);
            written.addAndGet(text.length());
        }
    }

    private interface Answering {
        void on(Socket socket) throws IOException;
    }

    /** Reads the head of each request, and answers as no HTTP server would. */
    private static final class RawServer implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 5, HERE);
        private final AtomicInteger asked = new AtomicInteger();

        RawServer(Answering answering) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!server.isClosed()) {
                    answer(answering);
                }
            });
        }

        private void answer(Answering answering) {
            try (Socket socket = server.accept()) {
                var unused = socket.getInputStream().read(new byte[8192]);
                asked.incrementAndGet();
                answering.on(socket);
                socket.shutdownOutput();
                // Until the other end has closed: an unread rest would break its connection before it has read.
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException gone) {
                // The other end has had enough, or the test is over.
            }
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
