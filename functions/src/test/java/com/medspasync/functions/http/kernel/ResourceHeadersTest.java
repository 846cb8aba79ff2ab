package com.medspasync.functions.http.kernel;

import static com.microsoft.azure.functions.HttpMethod.GET;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PurposeOfUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that say what a request is for and which version it knows. */
class ResourceHeadersTest extends Things {

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
}
