package com.medspasync.functions.http.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that a resource is sent, and their Idempotency-Key. */
class ResourceBodyTest extends Things {

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
}
