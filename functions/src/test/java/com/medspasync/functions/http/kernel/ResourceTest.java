package com.medspasync.functions.http.kernel;

import static com.medspasync.functions.http.kernel.Kernels.ORIGIN;
import static com.microsoft.azure.functions.HttpMethod.DELETE;
import static com.microsoft.azure.functions.HttpMethod.GET;
import static com.microsoft.azure.functions.HttpMethod.PATCH;
import static com.microsoft.azure.functions.HttpMethod.POST;
import static com.microsoft.azure.functions.HttpMethod.PUT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.PurposeOfUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceTest {

    private static final String ID = "0190c6a1-aaaa-7000-8000-000000000001";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    record Thing(String name, int size) {
        static Parsed<Thing> read(Fields in) {
            Given<String> name = in.text("name", 10).required();
            Integer size = in.integer("size", 1, 5).or(1);
            return in.finish(() -> new Thing(name.value(), size));
        }

        static Parsed<Change<String>> readPatch(Fields in) {
            Change<String> name = in.text("name", 10).change();
            return in.finish(() -> name);
        }
    }

    record Page(@Nullable Integer top) {
        static Parsed<Page> read(Fields in) {
            Integer top = in.integer("top", 1, 200).optional();
            return in.finish(() -> new Page(top));
        }
    }

    private final TestContext context = new TestContext();
    private final List<Caller> callers = new ArrayList<>();

    private final Resource things = new Resource("things", Kernels.open())
            .onQuery(GET, Permission.CLIENT_READ, exchange -> {
                Page page = exchange.query(Page::read);
                return Answer.ok(Map.of("top", String.valueOf(page.top()), "nextLink", exchange.nextLink("C")));
            })
            .on(POST, Permission.CLIENT_WRITE, exchange -> {
                callers.add(exchange.caller());
                Thing thing = exchange.body(Thing::read);
                return Answer.created(exchange.child(UUID.fromString(ID)), thing)
                        .header("Key", exchange.idempotencyKey().orElse("none"))
                        .etag(1);
            });

    private final Resource thing = new Resource("things/{id:guid}", Kernels.open())
            .on(
                    GET,
                    Permission.CLIENT_READ,
                    exchange -> Answer.ok(Map.of("id", exchange.pathId("id"))).etag(7))
            .on(
                    PATCH,
                    Permission.CLIENT_WRITE,
                    exchange -> Answer.ok(exchange.patch(Thing::readPatch)).etag(exchange.expectedVersion() + 1))
            .on(PUT, Permission.CLIENT_WRITE, exchange -> Answer.ok(exchange.ifMatch()))
            .on(DELETE, Permission.CLIENT_DELETE, exchange -> Answer.noContent());

    // What every answer carries.

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

    // Bodies.

    @Test
    void handle_ofARightBody_createsAndTellsWhere() {
        TestResponse answer = send(things, post("{\"name\":\" A \",\"size\":5}"));

        assertThat(answer.code()).isEqualTo(201);
        assertThat(answer.headers())
                .containsEntry("Location", "/api/things/" + ID)
                .containsEntry("ETag", "\"1\"");
        assertThat(answer.text()).isEqualTo("{\"name\":\"A\",\"size\":5}");
    }

    @Test
    void handle_ofAWrongBody_namesEveryFieldAtOnceAndRepeatsNoValue() {
        TestResponse answer = send(things, post("{\"name\":\"219-09-9999\",\"size\":9,\"ssn\":\"219-09-9999\"}"));

        assertThat(errors(problem(answer, 400, "invalid")))
                .containsExactly("/name too-long", "/size range", "/ssn unknown");
        assertThat(answer.text()).doesNotContain("219-09-9999");
        assertThat(context.log()).isEmpty();
    }

    @Test
    void handle_ofMalformedJson_is400WithThePlace() {
        assertThat(errors(problem(send(things, post("{\"name\":\"A\",\"name\":\"B\"}")), 400, "invalid")))
                .containsExactly(" malformed");
    }

    @Test
    void handle_withoutABody_is400AndOfAChunkedOne411() {
        TestRequest empty = TestRequest.of("POST", "/api/things").token("STAFF");
        assertThat(errors(problem(send(things, empty), 400, "invalid"))).containsExactly(" required");

        TestRequest chunked =
                TestRequest.of("POST", "/api/things").token("STAFF").header("Transfer-Encoding", "chunked");
        problem(send(things, chunked), 411, "length-required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=utf-16",
                "application/merge-patch+json"
            })
    void handle_ofAnotherMediaType_is415(String type) {
        problem(
                send(
                        things,
                        TestRequest.of("POST", "/api/things").token("STAFF").body(type, "{\"name\":\"A\"}")),
                415,
                "unsupported-media-type");
    }

    @Test
    void handle_ofACodedBody_is415() {
        problem(
                send(things, post("{\"name\":\"A\"}").header("Content-Encoding", "gzip")),
                415,
                "unsupported-media-type");
    }

    @Test
    void handle_ofABodyOverTheLimit_is413_countedInBytes() {
        int quotes = "{\"name\":\"\"}".length();
        String full = "{\"name\":\"" + "é".repeat((Exchange.MAX_BODY - quotes) / 2) + "\"}";
        problem(send(things, post(full)), 400, "invalid");
        problem(send(things, post(full + "  ")), 413, "too-large");
        problem(send(things, post(" ".repeat(Exchange.MAX_BODY + 1))), 413, "too-large");
        String emoji = "{\"name\":\"" + "💆".repeat(Exchange.MAX_BODY / 4) + "\"}";
        problem(send(things, post(emoji)), 413, "too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/merge-patch+json", "application/json", "application/merge-patch+json; charset=utf-8"
            })
    void handle_ofAPatch_takesBothMediaTypes(String type) {
        TestResponse answer = send(
                thing,
                TestRequest.of("PATCH", "/api/things/" + ID)
                        .token("STAFF")
                        .header("If-Match", "\"7\"")
                        .body(type, "{\"name\":null}"));

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.headers()).containsEntry("ETag", "\"8\"");
    }

    // Purposes.

    @ParameterizedTest
    @EnumSource(PurposeOfUse.class)
    void handle_ofAPurpose_givesItToTheCaller(PurposeOfUse purpose) {
        send(things, post("{\"name\":\"A\"}").header("X-Purpose-Of-Use", purpose.name()));

        assertThat(callers).extracting(Caller::purpose).containsExactly(purpose);
    }

    @Test
    void handle_withoutAPurpose_givesTheCallerNone() {
        send(things, post("{\"name\":\"A\"}"));

        assertThat(callers)
                .hasSize(1)
                .allSatisfy(caller -> assertThat(caller.purpose()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "treatment", "CURIOSITY", "TREATMENT, LEGAL", "TREAT", "TREATMENT "})
    void handle_ofAnyOtherPurpose_is400NamingTheHeader(String purpose) {
        TestRequest request = post("{\"name\":\"A\"}").header("X-Purpose-Of-Use", purpose);

        assertThat(errors(problem(send(things, request), 400, "invalid"))).containsExactly("X-Purpose-Of-Use choice");
        assertThat(callers).isEmpty();
    }

    @Test
    void handle_ofAPurposeByNobody_isNotLookedAt() {
        Resource open = new Resource("open", Kernels.open()).onAnonymous(GET, exchange -> Answer.noContent());

        assertThat(send(open, TestRequest.get("/api/open").header("X-Purpose-Of-Use", "x"))
                        .code())
                .isEqualTo(204);
    }

    @Test
    void handle_ofAVersionThatTheCallerHas_isAnsweredWholeForAPurpose() {
        TestRequest known = TestRequest.get("/api/things/" + ID).token("STAFF").header("If-None-Match", "\"7\"");

        assertThat(send(thing, known).code()).isEqualTo(304);
        assertThat(send(thing, known.header("X-Purpose-Of-Use", "LEGAL")).code())
                .isEqualTo(200);
    }

    // Idempotency keys.

    @Test
    void handle_ofAnIdempotencyKey_passesItOn() {
        String key = "!~" + "k".repeat(253);
        assertThat(send(things, post("{\"name\":\"A\"}").header("Idempotency-Key", key))
                        .headers())
                .containsEntry("Key", key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "schlüssel", "a\tb", "one,two", ","})
    void handle_ofAMalformedIdempotencyKey_is400(String key) {
        assertThat(errors(
                        problem(send(things, post("{\"name\":\"A\"}").header("Idempotency-Key", key)), 400, "invalid")))
                .containsExactly("Idempotency-Key format");
        problem(send(things, post("{\"name\":\"A\"}").header("Idempotency-Key", "k".repeat(256))), 400, "invalid");
    }

    // Preconditions.

    @Test
    void handle_ofAChangeWithoutIfMatch_is428() {
        problem(
                send(
                        thing,
                        TestRequest.of("PATCH", "/api/things/" + ID)
                                .token("STAFF")
                                .json("{}")),
                428,
                "precondition-required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|400|invalid",
                "*|400|invalid",
                "\"7\", \"8\"|400|invalid",
                "W/\"7\"|412|stale",
                "\"seven\"|412|stale"
            })
    void expectedVersion_ofAnythingButOneOfOurStrongTags_isRefused(String header, int status, String code) {
        problem(
                send(
                        thing,
                        TestRequest.of("PATCH", "/api/things/" + ID)
                                .token("STAFF")
                                .header("If-Match", header)
                                .json("{}")),
                status,
                code);
    }

    @Test
    void ifMatch_takesListsAndStars() {
        TestResponse answer = send(
                thing, TestRequest.of("PUT", "/api/things/" + ID).token("STAFF").header("If-Match", "\"7\", W/\"8\""));

        assertThat(answer.json().path("strong").get(0).asText()).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"7\"", "W/\"7\"", "*", "\"1\", \"7\""})
    void handle_ofAReadOfAKnownVersion_is304WithoutABody(String header) {
        TestResponse answer =
                send(thing, TestRequest.get("/api/things/" + ID).token("STAFF").header("If-None-Match", header));

        assertThat(answer.code()).isEqualTo(304);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.headers())
                .containsEntry("ETag", "\"7\"")
                .containsEntry("Cache-Control", "no-store")
                .doesNotContainKey("Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"8\"", "7", "\"77\""})
    void handle_ofAReadOfAnotherVersion_is200(String header) {
        assertThat(send(
                                thing,
                                TestRequest.get("/api/things/" + ID)
                                        .token("STAFF")
                                        .header("If-None-Match", header))
                        .code())
                .isEqualTo(200);
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

    private TestRequest post(String json) {
        return TestRequest.of("POST", "/api/things").token("STAFF").json(json);
    }

    private TestResponse send(Resource resource, TestRequest request) {
        return TestResponse.of(resource.handle(request, context));
    }

    private static JsonNode problem(TestResponse answer, int status, String code) {
        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("traceId").asText()).hasSize(32);
        return problem;
    }

    private static List<String> errors(JsonNode problem) {
        List<String> errors = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> errors.add(
                        error.path("field").asText() + " " + error.path("code").asText()));
        return errors;
    }
}
