package com.medspasync.functions.http.kernel;

import static com.medspasync.functions.http.kernel.Kernels.ORIGIN;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods, callers, parameters and answers of a resource. */
class ResourceTest extends Things {

    @Test
    void handle_ofAnything_addsTraceCachingAndSecurityHeaders() {
        TestResponse answer = send(
                things,
                TestRequest.get("/api/things")
                        .token("STAFF")
                        .header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                        .header("x-request-id", "web-1"));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers())
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .containsEntry("Referrer-Policy", "no-referrer")
                .containsEntry("x-request-id", "web-1")
                .containsEntry("Vary", "Origin")
                .doesNotContainKey("Access-Control-Allow-Origin")
                .hasEntrySatisfying(
                        "Strict-Transport-Security", value -> assertThat(value).startsWith("max-age="))
                .hasEntrySatisfying("traceparent", value -> assertThat(value).startsWith("00-" + TRACE + "-"));
    }

    @Test
    void handle_withoutARequestId_answersOurs() {
        assertThat(send(things, TestRequest.get("/api/things")).headers())
                .containsEntry("x-request-id", Kernels.REQUEST.toString());
    }

    // Methods.

    @Test
    void handle_ofAMethodTheResourceHasNot_is405WithAllow() {
        TestResponse answer = send(things, TestRequest.of("DELETE", "/api/things"));

        problem(answer, 405, "method-not-allowed");
        assertThat(answer.headers()).containsEntry("Allow", "GET, HEAD, POST, OPTIONS");
    }

    @Test
    void handle_ofAMethodNobodyKnows_is405() {
        problem(send(things, TestRequest.of("BREW", "/api/things")), 405, "method-not-allowed");
    }

    @Test
    void handle_ofHead_answersAsGet_becauseTheHostLeavesTheBodyAwayAndNeedsItsLength() {
        TestResponse answer =
                send(thing, TestRequest.of("HEAD", "/api/things/" + ID).token("STAFF"));

        TestResponse got = send(thing, TestRequest.get("/api/things/" + ID).token("STAFF"));
        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("ETag", "\"7\"");
        assertThat(answer.text()).isNotEmpty().isEqualTo(got.text());
    }

    @Test
    void handle_ofOptions_tellsTheMethodsWithoutALogin() {
        TestResponse answer = send(things, TestRequest.of("OPTIONS", "/api/things"));

        assertThat(answer.code()).isEqualTo(204);
        assertThat(answer.headers())
                .containsEntry("Allow", "GET, HEAD, POST, OPTIONS")
                .doesNotContainKey("Access-Control-Allow-Methods");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void handle_ofAnyMethodAndQuery_isAnsweredByTheFallback() {
        Resource all =
                new Resource("{*path}", Kernels.open()).otherwise(exchange -> Answer.problem(ProblemType.NOT_FOUND));

        problem(send(all, TestRequest.of("PATCH", "/api/nowhere?x=1")), 404, "not-found");
        problem(send(all, TestRequest.of("BREW", "/api/nowhere")), 404, "not-found");
    }

    // CORS.

    @Test
    void handle_ofAPreflightFromAnAllowedOrigin_allowsMethodsAndHeaders() {
        TestResponse answer = send(
                things,
                TestRequest.of("OPTIONS", "/api/things")
                        .header("Origin", ORIGIN)
                        .header("Access-Control-Request-Method", "PATCH")
                        .header("Access-Control-Request-Headers", "if-match"));

        assertThat(answer.code()).isEqualTo(204);
        assertThat(answer.headers())
                .containsEntry("Access-Control-Allow-Origin", ORIGIN)
                .containsEntry("Access-Control-Allow-Credentials", "true")
                .containsEntry("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
                .containsEntry("Access-Control-Max-Age", "7200")
                .containsEntry("Vary", "Origin")
                .hasEntrySatisfying(
                        "Access-Control-Allow-Headers",
                        value -> assertThat(value)
                                .contains("Authorization", "If-Match", "Idempotency-Key", "X-Purpose-Of-Use"));
    }

    @Test
    void handle_ofAPageOfAnAllowedOrigin_mayBeReadByIt_alsoWhenItFails() {
        TestResponse answer = send(things, TestRequest.get("/api/things").header("Origin", ORIGIN));

        assertThat(answer.code()).isEqualTo(401);
        assertThat(answer.headers())
                .containsEntry("Access-Control-Allow-Origin", ORIGIN)
                .hasEntrySatisfying(
                        "Access-Control-Expose-Headers",
                        value -> assertThat(value).contains("ETag", "Idempotent-Replayed", "Location", "Retry-After"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "*",
                "https://app.example.com.evil.example",
                "http://app.example.com",
                "https://app.example.com:8443"
            })
    void handle_ofAnotherOrigin_allowsNothing(String origin) {
        TestRequest preflight = TestRequest.of("OPTIONS", "/api/things")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "GET");

        assertThat(send(things, preflight).headers().keySet()).noneMatch(name -> name.startsWith("Access-Control"));
    }

    // Who, and what they may.

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic dXNlcjpwYXNz", "Bearer", "STAFF"})
    void handle_withoutABearerToken_is401WithAChallenge(String authorization) {
        TestResponse answer = send(things, TestRequest.get("/api/things").header("Authorization", authorization));

        problem(answer, 401, "unauthenticated");
        assertThat(answer.headers()).containsEntry("WWW-Authenticate", "Bearer realm=\"medspasync\"");
    }

    @Test
    void handle_withARejectedToken_is401AndLogsTheReasonButNotTheToken() {
        TestResponse answer = send(things, TestRequest.get("/api/things").token("stolen-token"));

        problem(answer, 401, "unauthenticated");
        assertThat(answer.headers())
                .containsEntry("WWW-Authenticate", "Bearer realm=\"medspasync\", error=\"invalid_token\"");
        assertThat(answer.text()).doesNotContain("EXPIRED");
        assertThat(context.log()).contains("EXPIRED").doesNotContain("stolen-token");
    }

    @Test
    void handle_withAnEndlessToken_isRejectedUnread() {
        problem(send(things, TestRequest.get("/api/things").token("x".repeat(10_000))), 401, "unauthenticated");
    }

    @Test
    void handle_ofTheSchemeInAnyCase_isAccepted() {
        assertThat(send(things, TestRequest.get("/api/things").header("Authorization", "bearer STAFF"))
                        .code())
                .isEqualTo(200);
    }

    @Test
    void handle_withoutThePermission_is403() {
        problem(send(thing, TestRequest.of("DELETE", "/api/things/" + ID).token("STAFF")), 403, "forbidden");
        problem(send(things, TestRequest.get("/api/things").token("OPERATOR")), 403, "forbidden");
    }

    @Test
    void handle_ofAnAuthenticatedOperation_takesAnyRole() {
        Resource me = new Resource("me", Kernels.open())
                .onAuthenticated(
                        GET,
                        exchange -> Answer.ok(Map.of("user", exchange.caller().user() + "")));

        problem(send(me, TestRequest.get("/api/me")), 401, "unauthenticated");
        assertThat(send(me, TestRequest.get("/api/me").token("OPERATOR"))
                        .json()
                        .path("user")
                        .asText())
                .isEqualTo(Kernels.USER.toString());
    }

    @Test
    void handle_ofAnAnonymousOperation_ignoresTokens() {
        Resource open = new Resource("open", Kernels.open())
                .onAnonymous(
                        GET,
                        exchange -> Answer.ok(
                                Map.of("user", String.valueOf(exchange.caller().user()))));

        assertThat(send(open, TestRequest.get("/api/open").token("nonsense"))
                        .json()
                        .path("user")
                        .asText())
                .isEqualTo("null");
    }

    @Test
    void handle_passesOnWhereTheRequestCameFrom() {
        send(
                things,
                TestRequest.of("POST", "/api/things")
                        .token("STAFF")
                        .header("X-Forwarded-For", "6.6.6.6, 203.0.113.7:5555")
                        .header("User-Agent", "Mozilla/5.0 \u0007" + "x".repeat(600))
                        .json("{\"name\":\"A\"}"));

        Origin origin = callers.getFirst().origin();
        assertThat(origin.address()).isEqualTo("203.0.113.7");
        assertThat(origin.userAgent()).startsWith("Mozilla/5.0 ?xxx").hasSize(512);
        assertThat(origin.requestId()).isEqualTo(Kernels.REQUEST);
    }

    @Test
    void handle_ofHeadersInMixedCase_findsThemAll() {
        assertThat(send(things, TestRequest.get("/api/things").rawHeader("AUTHORIZATION", "Bearer STAFF"))
                        .code())
                .isEqualTo(200);
    }

    // Queries.

    @Test
    void handle_ofAnUnknownParameter_is400() {
        TestResponse listed =
                send(things, TestRequest.get("/api/things?top=5&Top=6&q=x").token("STAFF"));
        assertThat(errors(problem(listed, 400, "invalid"))).containsExactly("Top unknown", "q unknown");

        TestResponse read =
                send(thing, TestRequest.get("/api/things/" + ID + "?expand=all").token("STAFF"));
        assertThat(errors(problem(read, 400, "invalid"))).containsExactly("expand unknown");

        for (Resource resource : List.of(things, thing)) {
            TestResponse named = send(
                    resource,
                    TestRequest.get((resource == things ? "/api/things" : "/api/things/" + ID) + "?Jane%20Doe=1")
                            .token("STAFF"));
            assertThat(errors(problem(named, 400, "invalid"))).containsExactly(" unknown");
            assertThat(named.text()).doesNotContain("Jane");
        }
    }

    @Test
    void nextLink_keepsTheQueryAsItWasAndReplacesTheCursor() {
        JsonNode page = send(things, TestRequest.get("/api/things?top=5").token("STAFF"))
                .json();
        assertThat(page.path("nextLink").asText()).isEqualTo("/api/things?top=5&cursor=C");

        Exchange exchange = new Exchange(
                TestRequest.get(
                        "/api/things?cursor=A&orderby=lastName%20desc&createdFrom=2026-01-01T00%3A00%3A00%2B02%3A00"),
                Headers.of(Map.of()),
                Caller.anonymous(new Origin(null, null, Kernels.REQUEST)),
                new PathTemplate("things"));
        assertThat(exchange.nextLink("B"))
                .isEqualTo(
                        "/api/things?orderby=lastName%20desc&createdFrom=2026-01-01T00%3A00%3A00%2B02%3A00&cursor=B");
    }

    // Paths.

    @ParameterizedTest
    @ValueSource(strings = {"0190c6a1aaaa70008000000000000001", "%7B0190c6a1-aaaa-7000-8000-000000000001%7D", "1"})
    void handle_ofAnIdInAnotherSpelling_is404(String id) {
        problem(send(thing, TestRequest.get("/api/things/" + id).token("STAFF")), 404, "not-found");
    }

    // Other answers.

    @Test
    void tooManyRequests_saysWhenToComeBack() {
        Resource busy = new Resource("busy", Kernels.open())
                .onAnonymous(GET, exchange -> Answer.tooManyRequests(Duration.ofMillis(2100)));
        TestResponse answer = send(busy, TestRequest.get("/api/busy"));

        problem(answer, 429, "too-many-requests");
        assertThat(answer.headers()).containsEntry("Retry-After", "3");
    }

    @Test
    void problem_hasTheMembersOfRfc9457AndOurOwn() {
        TestResponse answer = send(
                things, TestRequest.get("/api/things").header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));

        assertThat(answer.text())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                        + "\"code\":\"unauthenticated\",\"detail\":\"Log in and send the access token.\","
                        + "\"traceId\":\"" + TRACE + "\"}");
    }

    @Test
    void extension_ofAProblem_isAMemberOfIt() {
        Resource down = new Resource("down", Kernels.open())
                .onAnonymous(
                        GET,
                        exchange -> Answer.problem(ProblemType.UNAVAILABLE).extension("checks", List.of("database")));

        assertThat(send(down, TestRequest.get("/api/down"))
                        .json()
                        .path("checks")
                        .get(0)
                        .asText())
                .isEqualTo("database");
    }

    @Test
    void handle_ofAClosedKernel_is503AndRunsNoHandler() {
        Resource closed = new Resource("things", Kernel.closed()).onAnonymous(GET, exchange -> {
            throw new AssertionError("ran");
        });
        TestResponse answer = send(closed, TestRequest.get("/api/things"));

        problem(answer, 503, "unavailable");
        assertThat(answer.headers()).containsEntry("Retry-After", "10");
        assertThat(context.log()).isEmpty();
    }
}
