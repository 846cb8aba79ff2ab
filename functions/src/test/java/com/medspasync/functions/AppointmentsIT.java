package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A front desk's day: what is booked, moved, paid, cancelled and found again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AppointmentsIT {

    private static final String APPOINTMENTS = "/api/appointments";

    /** Nobody else is booked then. */
    private final AtomicInteger day = new AtomicInteger(30);

    private TestPlatform platform;
    private ApiClient manager;
    private ApiClient desk;
    private ApiClient practitioner;
    private String client;
    private String service;
    private String staff;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        manager = ApiClient.login(platform.host(), "manager@glow.example");
        desk = ApiClient.login(platform.host(), "staff@glow.example");
        practitioner = ApiClient.login(platform.host(), "practitioner@glow.example");
        client = manager.get("/api/clients").body().at("/value/0/id").asText();
        Free free = free();
        service = free.service();
        staff = free.of().path("staffId").asText();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private record Free(String service, JsonNode of) {}

    /** The first day on which somebody gives the first service that anybody gives. */
    private Free free() {
        for (JsonNode one : manager.get("/api/services").body().path("value")) {
            Answer found = manager.get("/api/availability?serviceId=%s&from=%s&to=%s"
                    .formatted(one.path("id").asText(), date(3), date(20)));
            for (JsonNode each : found.body().path("value")) {
                if (each.path("starts").size() > 0) {
                    return new Free(one.path("id").asText(), each);
                }
            }
        }
        throw new AssertionError("nobody gives any service");
    }

    private static String date(int days) {
        return Instant.now().plus(Duration.ofDays(days)).toString().substring(0, 10);
    }

    /** Against the hours, so by the manager, at a time of its own. */
    private String body(Instant at, String more) {
        return "{\"clientId\":\"%s\",\"serviceId\":\"%s\",\"staffId\":\"%s\",\"dateTime\":\"%s\"%s}"
                .formatted(client, service, staff, at, more);
    }

    /** In the small hours of California. */
    private Instant aTime() {
        return Instant.now()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(Duration.ofDays(day.incrementAndGet()))
                .plus(Duration.ofHours(10));
    }

    private Answer booked() {
        Answer booked = manager.post(APPOINTMENTS, body(aTime(), ",\"overrideReason\":\"A test\",\"notes\":\"Zebra\""));
        assertThat(booked.status()).as(booked.response().body()).isEqualTo(201);
        return booked;
    }

    @Test
    void freeTime_isBookedByTheDesk_once_andTheOthersAreToldByWhat() {
        JsonNode free = free().of();
        Instant start = OffsetDateTime.parse(free.at("/starts/0").asText()).toInstant();
        String body = body(start, "");
        Answer booked = desk.post(APPOINTMENTS, body, "Idempotency-Key", "free");
        assertThat(booked.status()).as(booked.response().body()).isEqualTo(201);
        assertThat(booked.header("ETag")).isEqualTo("\"1\"");
        assertThat(booked.text("status")).isEqualTo("SCHEDULED");
        Answer again = desk.post(APPOINTMENTS, body, "Idempotency-Key", "free");
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(again.body()).isEqualTo(booked.body());
        assertThat(desk.get(booked.header("Location")).body()).isEqualTo(booked.body());

        Answer taken = desk.post(APPOINTMENTS, body);
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.body().at("/clash/appointment").asText()).isEqualTo(booked.text("id"));
        assertThat(free().of().at("/starts/0").asText())
                .as("offered no more")
                .isNotEqualTo(free.at("/starts/0").asText());
    }

    @Test
    void booking_withFaults_namesEveryField() {
        Answer malformed = desk.post(
                APPOINTMENTS,
                "{\"clientId\":7,\"serviceId\":\"x\",\"dateTime\":\"2027-01-01T10:00:30Z\",\"duration\":0,\"price\":-1,\"colour\":\"red\"}");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder(
                        "/clientId", "/serviceId", "/staffId", "/dateTime", "/duration", "/price", "/colour");
        Answer forbidden = desk.post(APPOINTMENTS, body(aTime(), ""));
        assertThat(forbidden.status()).isEqualTo(409);
        assertThat(forbidden.body().at("/errors/0/code").asText()).isEqualTo("not-working");
        assertThat(desk.post(APPOINTMENTS, body(aTime(), ",\"overrideReason\":\"Please\""))
                        .status())
                .isEqualTo(403);
        assertThat(practitioner
                        .post(APPOINTMENTS, body(aTime(), ",\"price\":1"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void appointment_goesThroughItsStates_asEachRoleMay() {
        Answer booked = booked();
        String path = booked.header("Location");
        assertThat(booked.body().has("notes")).as("a manager does not treat").isFalse();
        assertThat(practitioner.get(path).text("notes")).isEqualTo("Zebra");
        assertThat(manager.send("PATCH", path, "{\"status\":\"CONFIRMED\"}").status())
                .isEqualTo(428);
        assertThat(practitioner
                        .send("PATCH", path, "{\"paymentStatus\":\"PAID\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(403);
        Answer paid =
                desk.send("PATCH", path, "{\"status\":\"CONFIRMED\",\"paymentStatus\":\"PAID\"}", "If-Match", "\"1\"");
        assertThat(paid.status()).isEqualTo(200);
        assertThat(desk.send("PATCH", path, "{\"status\":\"SCHEDULED\"}", "If-Match", "\"1\"")
                        .status())
                .isEqualTo(412);
        assertThat(desk.send("PATCH", path, "{\"paymentStatus\":\"REFUNDED\"}", "If-Match", "\"2\"")
                        .status())
                .isEqualTo(403);
        Answer early = desk.send("PATCH", path, "{\"status\":\"COMPLETED\"}", "If-Match", "\"2\"");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.body().at("/errors/0/code").asText()).isEqualTo("too-early");
        assertThat(desk.send("PATCH", path, "{\"status\":\"CANCELLED\"}", "If-Match", "\"2\"")
                        .body()
                        .at("/errors/0/field")
                        .asText())
                .isEqualTo("/cancellationReason");
        Answer cancelled = desk.send(
                "PATCH", path, "{\"status\":\"CANCELLED\",\"cancellationReason\":\"CLIENT\"}", "If-Match", "\"2\"");
        assertThat(cancelled.text("cancellationReason")).isEqualTo("CLIENT");
        assertThat(cancelled.body().path("lateCancellation").asBoolean(true)).isFalse();
        Answer history = practitioner.get(path + "/history");
        assertThat(history.body().path("value").findValuesAsText("action"))
                .containsExactly("UPDATE", "UPDATE", "CREATE");
        assertThat(history.response().body()).contains("\"after\":\"Zebra\"");
        assertThat(desk.get(path + "/history").status()).isEqualTo(403);
    }

    @Test
    void appointment_isDeletedAndRestored() {
        String path = booked().header("Location");
        assertThat(desk.send("DELETE", path, null, "If-Match", "\"1\"").status())
                .isEqualTo(403);
        assertThat(manager.send("DELETE", path, null, "If-Match", "\"1\"").status())
                .isEqualTo(204);
        assertThat(manager.send("DELETE", path, null, "If-Match", "\"1\"").status())
                .isEqualTo(204);
        assertThat(manager.get(path).status()).isEqualTo(410);
        assertThat(manager.post(path + "/restore", null).status()).isEqualTo(200);
        assertThat(manager.get(path).header("ETag")).isEqualTo("\"3\"");
    }

    @Test
    void list_goesOnUnderItsLink_andShowsWhatIsAskedFor() {
        booked();
        booked();
        String link = APPOINTMENTS + "?top=1&expand=client,service,staff&clientId=" + client;
        Answer first = desk.get(link);
        assertThat(first.body().at("/value/0/client/id").asText()).isEqualTo(client);
        assertThat(first.body().at("/value/0/service/name").asText()).isNotEmpty();
        assertThat(first.body().at("/value/0/etag").asText()).startsWith("\"");
        assertThat(first.body().at("/value/0").has("notes")).isFalse();
        Answer second = desk.get(first.text("nextLink"));
        assertThat(second.body().at("/value/0/id").asText())
                .isNotEqualTo(first.body().at("/value/0/id").asText());
        Answer one =
                desk.get(APPOINTMENTS + "/" + first.body().at("/value/0/id").asText() + "?expand=staff");
        assertThat(one.response().headers().firstValue("ETag")).isEmpty();
        assertThat(one.body().at("/staff/id").asText()).isEqualTo(staff);
        assertThat(desk.get("/api/clients/" + client + "?expand=appointments")
                        .body()
                        .path("appointments")
                        .size())
                .isGreaterThanOrEqualTo(2);
        assertThat(desk.get("/api/clients/" + client + "?expand=notes").status())
                .isEqualTo(400);
    }

    @Test
    void list_filteredByNothing_isRefused() {
        for (String parameter : new String[] {"clientId=", "staffId=", "status=", "day=", "clientId"}) {
            Answer answer = desk.get(APPOINTMENTS + "?top=1&" + parameter);
            assertThat(answer.status()).as(parameter).isEqualTo(400);
            assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(parameter.replace("=", ""));
        }
    }
}
