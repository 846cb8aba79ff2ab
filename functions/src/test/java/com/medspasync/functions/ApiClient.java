package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.LocalHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A web client of the platform, which holds every exchange against the contract. Thread-safe. */
final class ApiClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final @Nullable String token;

    private ApiClient(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /** An answer: its headers, and its body read as JSON (missing where there is none). */
    record Answer(HttpResponse<String> response, JsonNode body) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no header " + name));
        }

        String text(String field) {
            return body.path(field).asText();
        }
    }

    /** Somebody who has not logged in. */
    static ApiClient stranger(LocalHost host) {
        return new ApiClient(host.url(), null);
    }

    /** Whoever has {@code token}. */
    static ApiClient withToken(LocalHost host, String token) {
        return new ApiClient(host.url(), token);
    }

    /** The answer to the login of a demo user. */
    static Answer logIn(LocalHost host, String email) {
        return stranger(host)
                .post("/api/auth/login", write(Map.of("email", email, "password", DemoPractices.PASSWORD)));
    }

    /** A demo user, logged in. */
    static ApiClient login(LocalHost host, String email) {
        Answer answer = logIn(host, email);
        assertThat(answer.status()).isEqualTo(200);
        return withToken(host, answer.text("accessToken"));
    }

    /** The same user at another host. */
    ApiClient at(LocalHost host) {
        return new ApiClient(host.url(), token);
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, @Nullable String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** @param headers names and values in turn */
    Answer send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        request.header("User-Agent", "api-test");
        if (body != null) {
            request.header(
                    "Content-Type", method.equals("PATCH") ? "application/merge-patch+json" : "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            HttpRequest sent = request.build();
            HttpResponse<String> response = http.send(sent, HttpResponse.BodyHandlers.ofString());
            ContractCheck.hold(sent, body, response);
            return new Answer(response, read(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A new client of the practice, by the least that makes one. */
    Answer create(String lastName, String email) {
        return post(
                "/api/clients",
                "{\"firstName\":\"Ada\",\"lastName\":\"" + lastName + "\",\"email\":\"" + email + "\"}");
    }

    /** Watches long work until it has {@code status}, and gives what it says then. For three minutes at most. */
    Answer await(String location, String status) {
        Instant deadline = Instant.now().plusSeconds(180);
        while (true) {
            Answer state = get(location);
            assertThat(state.status()).isEqualTo(200);
            if (state.text("status").equals(status)) {
                return state;
            }
            assertThat(state.text("status")).as(state.text("error")).isIn("WAITING", "PENDING", "PROCESSING");
            assertThat(Instant.now()).isBefore(deadline);
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    static String write(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
