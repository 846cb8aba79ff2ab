package com.medspasync.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Meets requests with trouble if it is told to, challenges those without a good token, remembers them all, and hands the others on. */
final class VaultHandler implements HttpHandler {

    private static final String AUTHORITY = "https://login.microsoftonline.com/72f988bf-0000-0000-0000-000000000000";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final VaultApi api;
    private final Predicate<String> tokens;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile @Nullable Trouble trouble;
    private volatile Consumer<Asked> before = request -> {};
    private volatile String resource;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    VaultHandler(VaultApi api, Predicate<String> tokens, String resource) {
        this.api = api;
        this.tokens = tokens;
        this.resource = resource;
    }

    void meet(@Nullable Trouble what) {
        trouble = what;
    }

    void before(Consumer<Asked> what) {
        before = what;
    }

    void challengeFor(String other) {
        resource = other;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Slow answers are slow from now on. */
    void hold() {
        stopping = new CountDownLatch(1);
    }

    /** Slow answers are given up. */
    void letGo() {
        stopping.countDown();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            Asked request = new Asked(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath(), authorization != null);
            asked.add(request);
            byte[] body = exchange.getRequestBody().readAllBytes();
            switch (trouble) {
                case Trouble.Refusal(int status, Map<String, String> headers) -> {
                    headers.forEach(exchange.getResponseHeaders()::set);
                    send(exchange, VaultApi.error(status, "Refused", "As the test asked.", ""));
                }
                case Trouble.HangUp() -> {}
                case Trouble.Slowness(var delay) -> {
                    if (!stopped(delay.toMillis())) {
                        work(exchange, request, authorization, body);
                    }
                }
                case null -> work(exchange, request, authorization, body);
            }
        }
    }

    private void work(HttpExchange exchange, Asked request, @Nullable String authorization, byte[] body)
            throws IOException {
        if (authorization == null
                || !authorization.startsWith("Bearer ")
                || !tokens.test(authorization.substring("Bearer ".length()))) {
            exchange.getResponseHeaders()
                    .set(
                            "WWW-Authenticate",
                            "Bearer authorization=\"" + AUTHORITY + "\", resource=\"" + resource + "\"");
            send(
                    exchange,
                    VaultApi.error(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.", ""));
            return;
        }
        before.accept(request);
        JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        send(exchange, api.answer(request.method(), request.path(), query(exchange), json));
    }

    private boolean stopped(long millis) {
        try {
            return stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    URLDecoder.decode(equals < 0 ? pair : pair.substring(0, equals), StandardCharsets.UTF_8),
                    equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange exchange, VaultApi.Answer answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer.body());
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        boolean empty = answer.status() == 204;
        exchange.sendResponseHeaders(answer.status(), empty ? -1 : bytes.length);
        if (!empty) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
