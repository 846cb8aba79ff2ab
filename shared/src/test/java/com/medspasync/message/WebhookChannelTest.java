package com.medspasync.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.keyvault.LoopbackNames;
import com.medspasync.keyvault.LoopbackTls;
import com.medspasync.message.MessageChannel.Delivery;
import com.medspasync.message.MessageChannel.Delivery.Delivered;
import com.medspasync.message.MessageChannel.Delivery.Failed;
import com.medspasync.message.MessageChannel.Delivery.Refused;
import com.medspasync.tenant.PracticeId;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest {

    private static final String HOST = "hook" + LoopbackNames.SUFFIX;
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration AMPLE = Duration.ofSeconds(20);

    private static final LoopbackTls TLS = LoopbackTls.create();

    private final CountDownLatch end = new CountDownLatch(1);
    private final WebhookReceiver receiver = WebhookReceiver.start(TLS.context());

    @AfterEach
    void stop() {
        end.countDown();
        receiver.close();
    }

    @Test
    void deliver_message_isJsonThatTheReceiverVerifies() throws IOException {
        Message message = Messages.reset();
        assertThat(toLoopback(HOST).deliver(message)).isEqualTo(new Delivered());

        assertThat(receiver.received()).singleElement().satisfies(received -> {
            assertThat(received.id()).isEqualTo(message.id().toString());
            assertThat(received.headers())
                    .containsEntry("content-type", "application/json")
                    .containsEntry("host", HOST + ":" + receiver.port());
            assertThat(received.body())
                    .isEqualTo(new ObjectMapper().readTree("""
                    {"id": "%s", "kind": "PASSWORD_RESET", "practiceId": "%s", "createdAt": "2026-11-23T09:00:00.123456Z",
                     "recipient": {"userId": "00000000-0000-0001-0000-000000000002", "email": "ada@example.com"},
                     "token": "t0ken", "expiresAt": "2026-11-23T10:00:00Z"}""".formatted(message.id(), message.practice())));
        });
    }

    @Test
    void deliver_underAnotherSecret_isNotTakenByTheReceiver() {
        WebhookSecret other =
                WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
        var channel = new WebhookChannel(receiver.url(HOST), other, loopback(AMPLE), Clock.systemUTC());
        assertThat(channel.deliver(Messages.reset())).isEqualTo(new Refused("answered with 401"));
        assertThat(receiver.received()).isEmpty();
        assertThat(receiver.refused()).isEqualTo(1);
    }

    /** What a practice may choose: its name leads here, and nobody here is spoken to. */
    @Test
    void deliver_byTheProductionRule_refusesANameThatLeadsToThisMachine() {
        WebhookChannel channel = WebhookChannel.to(new WebhookUrl(receiver.url(HOST)), secret(), Clock.systemUTC());
        assertThat(channel.deliver(Messages.reset()))
                .isEqualTo(new Failed("the host's name leads to an address that is not of the open Internet"));
        assertThat(receiver.received()).isEmpty();
    }

    /** A name that leads elsewhere at each look-up has only one. */
    @Test
    void deliver_nameThatChangesItsAddress_isConnectedToWhereItWasCheckedToLead() throws IOException {
        AtomicInteger lookups = new AtomicInteger();
        InetAddress good = InetAddress.getLoopbackAddress();
        InetAddress bad = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        Poster poster = new Poster(
                host -> new InetAddress[] {lookups.getAndIncrement() == 0 ? good : bad},
                good::equals,
                TLS.context().getSocketFactory(),
                AMPLE,
                AMPLE);
        assertThat(poster.post(receiver.url(HOST), Map.of(), new byte[0])).isEqualTo(401);
        assertThat(lookups).hasValue(1);
        assertThatThrownBy(() -> poster.post(receiver.url(HOST), Map.of(), new byte[0]))
                .isInstanceOf(Poster.Forbidden.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void deliver_redirect_isNotFollowed(int status) {
        AtomicInteger followed = new AtomicInteger();
        receiver.serve("/elsewhere", exchange -> {
            followed.incrementAndGet();
            WebhookReceiver.send(exchange, 200, "text/plain", "");
        });
        receiver.answer(exchange -> {
            exchange.getResponseHeaders().set("Location", "https://" + HOST + ":" + receiver.port() + "/elsewhere");
            WebhookReceiver.send(exchange, status, "text/plain", "");
        });
        assertThat(toLoopback(HOST).deliver(Messages.reset())).isEqualTo(new Failed("answered with " + status));
        assertThat(followed).hasValue(0);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void deliver_statusesOfTheReceiver_sayWhetherToTryAgain() {
        for (int passing : new int[] {500, 502, 503, 408, 429}) {
            assertThat(answered(passing)).isEqualTo(new Failed("answered with " + passing));
        }
        for (int lasting : new int[] {400, 401, 404, 410, 422}) {
            assertThat(answered(lasting)).isEqualTo(new Refused("answered with " + lasting));
        }
        for (int good : new int[] {200, 201, 202, 204}) {
            assertThat(answered(good)).isEqualTo(new Delivered());
        }
    }

    private Delivery answered(int status) {
        receiver.answer(status);
        return toLoopback(HOST).deliver(Messages.reset());
    }

    @Test
    void deliver_receiverThatNeverAnswers_failsInTime() {
        receiver.answer(this::hang);
        WebhookChannel hurried = new WebhookChannel(receiver.url(HOST), secret(), loopback(SHORT), Clock.systemUTC());
        withinSeconds(3, () -> assertThat(hurried.deliver(Messages.reset())).isInstanceOf(Failed.class));
    }

    /** Each byte comes in good time, and the whole never does. */
    @Test
    void deliver_receiverThatAnswersByteByByte_failsInTime() throws IOException {
        withRawServer(
                socket -> {
                    byte[] answer = "HTTP/1.1 100 Continue\r\nX: ".getBytes(StandardCharsets.US_ASCII);
                    socket.getOutputStream().write(answer);
                    while (end.getCount() > 0) {
                        socket.getOutputStream().write('x');
                        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    }
                },
                url -> withinSeconds(3, () -> assertThat(inTheClear(url)).isEqualTo(new Failed("no answer"))));
    }

    @Test
    void deliver_receiverThatSpeaksSomethingElse_fails() throws IOException {
        String[] strange = {
            "",
            "SSH-2.0-OpenSSH_9.6\r\n",
            "HTTP/1.1 2000 OK\r\n\r\n",
            "HTTP/2 200\r\n\r\n",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "x".repeat(100_000)
        };
        for (String answer : strange) {
            withRawServer(
                    socket -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII)),
                    url -> withinSeconds(3, () -> assertThat(inTheClear(url)).isEqualTo(new Failed("no answer"))));
        }
    }

    @Test
    void deliver_answerAfterAnnouncements_isTheLast() throws IOException {
        withRawServer(
                socket -> socket.getOutputStream()
                        .write(
                                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 202 Accepted\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII)),
                url -> assertThat(inTheClear(url)).isEqualTo(new Delivered()));
    }

    @Test
    void deliver_answerWithoutEnd_isNotRead() {
        AtomicLong written = new AtomicLong();
        receiver.answer(exchange -> pour(exchange, written));
        withinSeconds(
                10, () -> assertThat(toLoopback(HOST).deliver(Messages.reset())).isEqualTo(new Delivered()));
        end.countDown();
        // What stands in the buffers of both ends.
        assertThat(written.get()).isLessThan(20 << 20);
    }

    @Test
    void deliver_certificateOfAnotherNameOrIssuer_isNotTrusted() {
        Failed untrusted = new Failed("no trusted connection");
        InetAddress here = InetAddress.getLoopbackAddress();
        Poster otherName = new Poster(
                host -> new InetAddress[] {here}, address -> true, TLS.context().getSocketFactory(), AMPLE, AMPLE);
        URI elsewhere = receiver.url("hook.example");
        assertThat(new WebhookChannel(elsewhere, secret(), otherName, Clock.systemUTC()).deliver(Messages.reset()))
                .isEqualTo(untrusted);

        Poster otherIssuer = new Poster(
                InetAddress::getAllByName,
                address -> true,
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                AMPLE,
                AMPLE);
        assertThat(new WebhookChannel(receiver.url(HOST), secret(), otherIssuer, Clock.systemUTC())
                        .deliver(Messages.reset()))
                .isEqualTo(untrusted);
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void deliver_nobodyListens_orNoSuchName_fails() throws IOException {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
        }
        assertThat(inTheClear(nobody)).isEqualTo(new Failed("no answer"));
        Poster unknown = new Poster(
                host -> {
                    throw new java.net.UnknownHostException(host);
                },
                address -> true,
                null,
                SHORT,
                SHORT);
        assertThat(new WebhookChannel(nobody, secret(), unknown, Clock.systemUTC()).deliver(Messages.reset()))
                .isEqualTo(new Failed("no answer"));
        Poster slow = new Poster(
                host -> {
                    await();
                    return new InetAddress[0];
                },
                address -> true,
                null,
                SHORT,
                SHORT);
        withinSeconds(
                3,
                () -> assertThat(
                                new WebhookChannel(nobody, secret(), slow, Clock.systemUTC()).deliver(Messages.reset()))
                        .isEqualTo(new Failed("no answer")));
    }

    @Test
    void message_whoseContentNamesWhatEveryMessageHas_isRefused_andNoneShowsWhatItSays() {
        for (String own : new String[] {"id", "kind", "practiceId", "createdAt", "recipient"}) {
            Map<String, Object> content = Map.of(own, "forged");
            assertThatThrownBy(() -> new Message(
                            UUID.randomUUID(), "X", new PracticeId(UUID.randomUUID()), Instant.EPOCH, null, content))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("forged");
        }
        assertThat(Messages.reset().toString()).doesNotContain("t0ken", "ada");
        assertThat(toLoopback(HOST).toString()).doesNotContain(WebhookReceiver.PATH, receiver.secret());
    }

    private WebhookSecret secret() {
        return WebhookSecret.parse(receiver.secret()).orElseThrow();
    }

    private WebhookChannel toLoopback(String host) {
        return new WebhookChannel(receiver.url(host), secret(), loopback(AMPLE), Clock.systemUTC());
    }

    private static Poster loopback(Duration within) {
        return new Poster(
                InetAddress::getAllByName,
                InetAddress::isLoopbackAddress,
                TLS.context().getSocketFactory(),
                Duration.ofSeconds(3),
                within);
    }

    private Delivery inTheClear(URI url) {
        Poster poster = new Poster(InetAddress::getAllByName, InetAddress::isLoopbackAddress, null, SHORT, SHORT);
        return new WebhookChannel(url, secret(), poster, Clock.systemUTC()).deliver(Messages.reset());
    }

    private void hang(HttpExchange exchange) {
        await();
    }

    private void await() {
        try {
            var unused = end.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pour(HttpExchange exchange, AtomicLong written) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[1 << 16];
        try (OutputStream out = exchange.getResponseBody()) {
            while (end.getCount() > 0 && written.get() < 1L << 30) {
                out.write(block);
                written.addAndGet(block.length);
            }
        }
    }

    private interface Answering {
        void on(Socket socket) throws IOException;
    }

    private interface Use {
        void of(URI url);
    }

    /** A server that reads the head of one request and answers as no HTTP server would. */
    private static void withRawServer(Answering answering, Use use) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread serving = Thread.ofVirtual().start(() -> {
                try (Socket socket = server.accept()) {
                    var unused = socket.getInputStream().read(new byte[8192]);
                    answering.on(socket);
                    socket.shutdownOutput();
                    // Until the other end has closed: an unread rest would break its connection before it has read.
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException gone) {
                    // The other end has had enough.
                }
            });
            use.of(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
            serving.interrupt();
        }
    }

    private static void withinSeconds(int seconds, Runnable work) {
        long start = System.nanoTime();
        work.run();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(seconds));
    }
}
