package com.medspasync.functions.http.kernel;

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
import com.medspasync.tenant.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Two resources of things, and what tests of resources ask and read of them. */
abstract class Things {

    static final String ID = "0190c6a1-aaaa-7000-8000-000000000001";
    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

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

    final TestContext context = new TestContext();
    final List<Caller> callers = new ArrayList<>();

    final Resource things = new Resource("things", Kernels.open())
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

    final Resource thing = new Resource("things/{id:guid}", Kernels.open())
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

    TestRequest post(String json) {
        return TestRequest.of("POST", "/api/things").token("STAFF").json(json);
    }

    TestResponse send(Resource resource, TestRequest request) {
        return TestResponse.of(resource.handle(request, context));
    }

    static JsonNode problem(TestResponse answer, int status, String code) {
        assertThat(answer.code()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("title").asText()).isNotBlank();
        assertThat(problem.path("traceId").asText()).hasSize(32);
        return problem;
    }

    static List<String> errors(JsonNode problem) {
        List<String> errors = new ArrayList<>();
        problem.path("errors")
                .forEach(error -> errors.add(
                        error.path("field").asText() + " " + error.path("code").asText()));
        return errors;
    }
}
