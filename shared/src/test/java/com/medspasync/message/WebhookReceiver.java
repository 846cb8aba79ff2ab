package com.medspasync.message;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who has messages sent to them, on the loopback interface: verifies signatures by the specification and not by our code, keeps the newest messages,
 * and answers as it is told to. Thread-safe.
 */
public final class WebhookReceiver implements AutoCloseable {

    /** Where messages go. */
    public static final String PATH = "/webhook";

    private static final int MOST_KEPT = 100;
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] secret = new byte[32];
    private final Deque<Received> kept = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final boolean tls;
    private final Consumer<Received> listener;
    private volatile HttpHandler answering = exchange -> send(exchange, 204, "text/plain", "");
    private final AtomicInteger refused = new AtomicInteger();

    private WebhookReceiver(@Nullable SSLContext tls, Consumer<Received> listener) {
        new SecureRandom().nextBytes(secret);
        this.tls = tls != null;
        this.listener = listener;
        InetSocketAddress anywhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(anywhere, 0);
            } else {
                HttpsServer secured = HttpsServer.create(anywhere, 0);
                secured.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secured;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(PATH, this::take);
        server.setExecutor(threads);
        server.start();
    }

    /** One that is reached in the clear, and tells {@code listener} of each message. */
    public static WebhookReceiver start(Consumer<Received> listener) {
        return new WebhookReceiver(null, listener);
    }

    /** One that is reached over TLS. */
    public static WebhookReceiver start(SSLContext tls) {
        return new WebhookReceiver(tls, received -> {});
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it is, under a name of this machine. */
    public URI url(String host) {
        return URI.create((tls ? "https://" : "http://") + host + ":" + port() + PATH);
    }

    /** What the sender must sign with. */
    public String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }

    /** From now on, messages are answered so; they are kept all the same. */
    public void answer(HttpHandler how) {
        answering = how;
    }

    /** From now on, messages are answered with {@code status} alone. */
    public void answer(int status) {
        answer(exchange -> send(exchange, status, "text/plain", ""));
    }

    /** Serves something else beside. */
    public void serve(String path, HttpHandler handler) {
        server.createContext(path, handler);
    }

    /** The newest messages that came, at most 100, the oldest first. */
    public List<Received> received() {
        synchronized (kept) {
            return new ArrayList<>(kept);
        }
    }

    /** How many came without a good signature. */
    public int refused() {
        return refused.get();
    }

    /** Waits until a message like this has come. */
    public Received await(Predicate<Received> wanted, Duration atMost) {
        Instant deadline = Instant.now().plus(atMost);
        while (true) {
            for (Received message : received()) {
                if (wanted.test(message)) {
                    return message;
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("no such message among " + received().size() + " after " + atMost);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (!isGenuine(headers, body)) {
                refused.incrementAndGet();
                send(exchange, 401, "text/plain", "");
                return;
            }
            Received message = new Received(Instant.now(), Map.copyOf(headers), body, JSON.readTree(body));
            synchronized (kept) {
                kept.addLast(message);
                if (kept.size() > MOST_KEPT) {
                    kept.removeFirst();
                }
            }
            listener.accept(message);
            answering.handle(exchange);
        }
    }

    /** As Standard Webhooks says it is verified. */
    private boolean isGenuine(Map<String, String> headers, String body) {
        String id = headers.getOrDefault("webhook-id", "");
        String timestamp = headers.getOrDefault("webhook-timestamp", "");
        if (!timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), Instant.now())
                .abs();
        String expected = "v1," + Base64.getEncoder().encodeToString(hmac(id + "." + timestamp + "." + body));
        return age.compareTo(FRESH) < 0
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.US_ASCII),
                        headers.getOrDefault("webhook-signature", "").getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers with {@code text}. */
    public static void send(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", mediaType);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
