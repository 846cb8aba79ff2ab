package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a practice offers, from its first draft to its end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServicesIT {

    private static final String SERVICES = "/api/services";
    private static final String PEEL =
            "{\"name\":\"Peel\",\"category\":\"Test skin\",\"duration\":45,\"price\":99.5,\"bufferAfter\":10}";

    private TestPlatform platform;
    private ApiClient manager;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        manager = ApiClient.login(platform.host(), "manager@glow.example");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void service_isMade_changed_deleted_andRestored() {
        Answer made = manager.post(SERVICES, PEEL);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("ETag")).isEqualTo("\"1\"");
        assertThat(made.header("Location")).isEqualTo(SERVICES + "/" + made.text("id"));
        assertThat(made.response().body()).contains("\"price\":99.50").doesNotContain("\"description\"");
        String path = made.header("Location");
        assertThat(manager.get(path).body()).isEqualTo(made.body());
        assertThat(manager.get(path, "If-None-Match", "\"1\"").status()).isEqualTo(304);

        assertThat(manager.send("PATCH", path, "{\"price\":110}").status()).isEqualTo(428);
        Answer changed = manager.send("PATCH", path, "{\"price\":110,\"active\":false}", "If-Match", "\"1\"");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.response().body()).contains("\"price\":110.00", "\"active\":false");
        assertThat(manager.send("PATCH", path, "{\"price\":120}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);

        assertThat(manager.send("DELETE", path, null, "If-Match", "\"2\"").status())
                .isEqualTo(204);
        assertThat(manager.send("DELETE", path, null, "If-Match", "\"2\"").status())
                .isEqualTo(204);
        assertThat(manager.get(path).status()).isEqualTo(410);
        Answer restored = manager.post(path + "/restore", null);
        assertThat(restored.status()).isEqualTo(200);
        assertThat(restored.header("ETag")).isEqualTo("\"4\"");
    }

    @Test
    void service_sentTwiceUnderOneKey_isMadeOnce() {
        Answer first = manager.post(SERVICES, PEEL, "Idempotency-Key", "peel-1");
        Answer again = manager.post(SERVICES, PEEL, "Idempotency-Key", "peel-1");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(manager.post(SERVICES, PEEL.replace("45", "50"), "Idempotency-Key", "peel-1")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void list_isNarrowedAndGoesOn() {
        for (String name : List.of("B", "A", "C")) {
            manager.post(SERVICES, PEEL.replace("Peel", name).replace("Test skin", "Listed"));
        }
        String query = SERVICES + "?category=Listed&active=true&top=2&orderby=name%20desc";
        Answer first = manager.get(query);
        assertThat(names(first)).containsExactly("C", "B");
        assertThat(first.body().at("/value/0/etag").asText()).isEqualTo("\"1\"");
        Answer next = manager.get(first.text("nextLink"));
        assertThat(names(next)).containsExactly("A");
        assertThat(next.body().has("nextLink")).isFalse();
        assertThat(manager.get(first.text("nextLink").replace("Listed", "Skin")).status())
                .isEqualTo(400);
    }

    @Test
    void service_wrongInManyFields_namesThemAll() {
        Answer wrong = manager.post(SERVICES, "{\"name\":\"\",\"duration\":0,\"price\":\"9\",\"colour\":\"red\"}");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(StreamSupport.stream(wrong.body().path("errors").spliterator(), false)
                        .map(error -> error.path("field").asText()))
                .containsExactlyInAnyOrder("/name", "/category", "/duration", "/price", "/colour");
    }

    @Test
    void frontDesk_readsAndDoesNotChange() {
        ApiClient staff = ApiClient.login(platform.host(), "staff@glow.example");
        assertThat(staff.get(SERVICES).status()).isEqualTo(200);
        assertThat(staff.post(SERVICES, PEEL).status()).isEqualTo(403);
    }

    private static List<String> names(Answer page) {
        return page.body().path("value").findValues("name").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
