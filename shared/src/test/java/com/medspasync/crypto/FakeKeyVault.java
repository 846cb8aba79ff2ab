package com.medspasync.crypto;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import com.azure.security.keyvault.secrets.SecretClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A vault of secrets over TLS on loopback, for Azure's real client: it challenges for a token, lists versions in no order and two to a
 * page, refuses disabled versions, and fails as it is told. The client believes that it speaks to a vault in Azure, so that its
 * verification of the challenge is at work; only its last step, the connection, goes to loopback. Each fake has a name of its own, because the
 * client remembers the challenges of a name for the life of the JVM.
 */
final class FakeKeyVault implements AutoCloseable {

    private static final LoopbackTls TLS = new LoopbackTls();

    private static final String RESOURCE = "https://vault.azure.net";
    private static final String TOKEN = "a-token";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One version of a secret. */
    static final class Version {
        final String id = UUID.randomUUID().toString().replace("-", "");
        final String value;
        final Map<String, String> tags;
        volatile boolean enabled = true;

        Version(String value, Map<String, String> tags) {
            this.value = value;
            this.tags = tags;
        }
    }

    /** What the next requests are answered with instead. */
    record Refusal(int status, Map<String, String> headers) {}

    final List<Version> versions = new CopyOnWriteArrayList<>();
    final AtomicInteger requests = new AtomicInteger();
    final AtomicInteger challenges = new AtomicInteger();
    final AtomicReference<@Nullable Refusal> refusal = new AtomicReference<>();
    volatile String challengedResource = RESOURCE;

    final AtomicInteger tokens = new AtomicInteger();

    private final String url = "https://phi-" + UUID.randomUUID() + ".vault.azure.net";
    private final HttpsServer server;

    FakeKeyVault() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TLS.context()));
        server.createContext("/", this::handle);
        server.start();
    }

    /** The production client, with its connection led to loopback. */
    SecretClient client() {
        HttpClient jdk =
                new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(TLS.context())).build();
        return KeyVault.client(
                url, credential(), new ToLoopback(jdk, server.getAddress().getPort()));
    }

    Version add(int number, Secret secret) {
        return add(
                java.util.Base64.getEncoder().encodeToString(secret.bytes()),
                Map.of(KeyVaultRootKeys.VERSION_TAG, Integer.toString(number)));
    }

    Version add(String value, Map<String, String> tags) {
        Version version = new Version(value, tags);
        versions.add(version);
        return version;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static TokenCredential credential() {
        return request -> request.getScopes().equals(List.of(RESOURCE + "/.default"))
                ? Mono.just(new AccessToken(
                        TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)))
                : Mono.error(new IllegalStateException("a token was asked for " + request.getScopes()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            Refusal refused = refusal.get();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            tokens.addAndGet(authorization == null ? 0 : 1);
            if (refused != null) {
                refused.headers().forEach(exchange.getResponseHeaders()::set);
                send(exchange, refused.status(), error("Refused"));
            } else if (!("Bearer " + TOKEN).equals(authorization)) {
                challenges.incrementAndGet();
                exchange.getResponseHeaders()
                        .set(
                                "WWW-Authenticate",
                                "Bearer authorization=\"https://login.microsoftonline.com/72f988bf-0000-0000-0000-000000000000\", resource=\""
                                        + challengedResource + "\"");
                send(exchange, 401, error("Unauthorized"));
            } else {
                route(exchange);
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        String version = path.length > 3 ? path[3] : "";
        if (exchange.getRequestMethod().equals("PUT")) {
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            Map<String, String> tags = new LinkedHashMap<>();
            body.path("tags")
                    .properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
            send(exchange, 200, bundle(path[2], add(body.get("value").asText(), tags), true));
        } else if (version.equals("versions")) {
            send(exchange, 200, page(path[2], exchange.getRequestURI()));
        } else {
            get(exchange, path[2], version);
        }
    }

    private void get(HttpExchange exchange, String name, String id) throws IOException {
        Version found = null;
        for (Version version : versions) {
            if (id.isEmpty() || version.id.equals(id)) {
                found = version;
            }
        }
        if (found == null) {
            send(exchange, 404, error("SecretNotFound"));
        } else if (!found.enabled) {
            send(exchange, 403, error("Forbidden"));
        } else {
            send(exchange, 200, bundle(name, found, true));
        }
    }

    /** Two to a page; ordered by identifier, which is random, as Key Vault's are. */
    private ObjectNode page(String name, URI uri) {
        String query = uri.getQuery();
        int skip = query != null && query.contains("skip=")
                ? Integer.parseInt(query.replaceAll(".*skip=([0-9]+).*", "$1"))
                : 0;
        List<Version> sorted = versions.stream()
                .sorted(java.util.Comparator.comparing(version -> version.id))
                .toList();
        ObjectNode page = JSON.createObjectNode();
        ArrayNode values = page.putArray("value");
        sorted.stream().skip(skip).limit(2).forEach(version -> values.add(bundle(name, version, false)));
        page.put(
                "nextLink",
                sorted.size() > skip + 2
                        ? url + "/secrets/" + name + "/versions?api-version=7.6&skip=" + (skip + 2)
                        : null);
        return page;
    }

    private ObjectNode bundle(String name, Version version, boolean withValue) {
        ObjectNode bundle = JSON.createObjectNode().put("id", url + "/secrets/" + name + "/" + version.id);
        if (withValue) {
            bundle.put("value", version.value);
        }
        bundle.putObject("attributes")
                .put("enabled", version.enabled)
                .put("created", 1_700_000_000)
                .put("updated", 1_700_000_000)
                .put("recoveryLevel", "Recoverable+Purgeable");
        ObjectNode tags = bundle.putObject("tags");
        version.tags.forEach(tags::put);
        return bundle;
    }

    private static ObjectNode error(String code) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("code", code).put("message", "as the test asked");
        return error;
    }

    private static void send(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Leads requests for the vault to loopback, behind everything else that the client does. */
    private record ToLoopback(HttpClient next, int port) implements HttpClient {

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return next.send(redirected(request));
        }

        @Override
        public Mono<HttpResponse> send(HttpRequest request, Context context) {
            return next.send(redirected(request), context);
        }

        @Override
        public HttpResponse sendSync(HttpRequest request, Context context) {
            return next.sendSync(redirected(request), context);
        }

        private HttpRequest redirected(HttpRequest request) {
            try {
                URL asked = request.getUrl();
                return request.copy()
                        .setUrl(URI.create("https://localhost:" + port + asked.getFile())
                                .toURL());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
