package com.medspasync.keyvault;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The endpoint from which an app on Azure gets tokens of its managed identity, on the loopback interface: {@code GET
 * ?resource=&api-version=2019-08-01&client_id=} with the header X-IDENTITY-HEADER. It gives tokens for Key Vault alone. An app
 * finds it by the environment variables IDENTITY_ENDPOINT and IDENTITY_HEADER, which Azure's client reads when the process has them from its start.
 */
public final class FakeManagedIdentity implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String header;
    private final String clientId;
    private final String token = UUID.randomUUID().toString();
    private final AtomicInteger given = new AtomicInteger();
    private final HttpServer server;

    private FakeManagedIdentity(int port, String header, String clientId) {
        this.header = header;
        this.clientId = clientId;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is not free for the managed identity's endpoint", e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    /**
     * Starts it.
     *
     * @param port 0 for any
     * @param header what a request must carry
     * @param clientId the identity that a request must ask for
     */
    public static FakeManagedIdentity start(int port, String header, String clientId) {
        return new FakeManagedIdentity(port, header, clientId);
    }

    /** What IDENTITY_ENDPOINT must say. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/msi/token";
    }

    /** Whether {@code candidate} is a token from here. */
    public boolean gave(String candidate) {
        return token.equals(candidate);
    }

    /** How many tokens were asked for and given. */
    public int given() {
        return given.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            boolean known = header.equals(exchange.getRequestHeaders().getFirst("X-IDENTITY-HEADER"))
                    && query.contains("resource=" + FakeKeyVault.RESOURCE)
                    && query.contains("client_id=" + clientId);
            byte[] body = known
                    ? token()
                    : "{\"statusCode\":400,\"message\":\"No such identity\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] token() throws IOException {
        given.incrementAndGet();
        return JSON.writeValueAsBytes(Map.of(
                "access_token",
                token,
                "expires_on",
                Long.toString(Instant.now().plusSeconds(86_400).getEpochSecond()),
                "resource",
                FakeKeyVault.RESOURCE,
                "token_type",
                "Bearer",
                "client_id",
                clientId));
    }
}
