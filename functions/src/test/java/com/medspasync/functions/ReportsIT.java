package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.ApiClient.Answer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A practice's figures over HTTP, and the timers that keep them fresh and the partitions ahead. */
class ReportsIT {

    private static final String MARCH = "/api/reports/appointment-summary?from=2026-03-01&to=2026-03-31";

    private static TestPlatform platform;
    private static ApiClient glow;

    @BeforeAll
    static void start() throws Exception {
        platform = TestPlatform.start(1);
        glow = ApiClient.login(platform.host(), "manager@glow.example");
        String practice = glow.get("/api/auth/me").text("practiceId");
        platform.database()
                .execute("update practices set time_zone = 'America/New_York' where id = '" + practice + "'");
        book(practice, "2026-03-09T02:30:00Z", "COMPLETED", "100.50");
        book(practice, "2026-03-10T15:00:00Z", "CANCELLED", "20");
        book(practice, "2026-03-10T16:00:00Z", "SCHEDULED", "30.00");
        runNow("RefreshViews");
        awaitCounted();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void summary_byDay_hasEveryNumber() {
        Answer answer = glow.get(MARCH);

        // As it was sent: to read it as JSON drops zeros.
        assertThat(answer.response().body())
                .contains(
                        "\"value\":[{\"from\":\"2026-03-08\",\"to\":\"2026-03-08\",\"totalAppointments\":1,\"completedAppointments\":1,"
                                + "\"cancelledAppointments\":0,\"totalRevenue\":100.50,\"completedRevenue\":100.50,\"completionRate\":1.0000,"
                                + "\"cancellationRate\":0.0000,\"averageAppointments7Days\":0.14,\"averageAppointments28Days\":0.04,"
                                + "\"averageRevenue7Days\":14.36,\"averageRevenue28Days\":3.59},"
                                + "{\"from\":\"2026-03-10\",\"to\":\"2026-03-10\",\"totalAppointments\":2,\"completedAppointments\":0,"
                                + "\"cancelledAppointments\":1,\"totalRevenue\":30.00,\"completedRevenue\":0.00,\"completionRate\":0.0000,"
                                + "\"cancellationRate\":0.5000,\"averageAppointments7Days\":0.43,\"averageAppointments28Days\":0.11,"
                                + "\"averageRevenue7Days\":18.64,\"averageRevenue28Days\":4.66}]");
        assertThat(answer.response().body())
                .contains(
                        "\"total\":{\"totalAppointments\":3,\"completedAppointments\":1,\"cancelledAppointments\":1,"
                                + "\"totalRevenue\":130.50,\"completedRevenue\":100.50,\"completionRate\":0.3333,\"cancellationRate\":0.3333}");
        assertThat(answer.text("timeZone")).isEqualTo("America/New_York");
        assertThat(answer.text("asOf")).endsWith("Z");
    }

    @Test
    void summary_asCsv_isATableWithAName() {
        Answer answer = glow.get(MARCH + "&groupBy=WEEK&format=CSV");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"appointment-summary_2026-03-01_2026-03-31.csv\"");
        assertThat(answer.response().body().replaceAll(",2[0-9T:.-]+Z\r", ",AS-OF\r"))
                .isEqualTo(
                        "from,to,totalAppointments,completedAppointments,cancelledAppointments,totalRevenue,completedRevenue,"
                                + "completionRate,cancellationRate,timeZone,asOf\r\n"
                                + "2026-03-02,2026-03-08,1,1,0,100.50,100.50,1.0000,0.0000,America/New_York,AS-OF\r\n"
                                + "2026-03-09,2026-03-15,2,0,1,30.00,0.00,0.0000,0.5000,America/New_York,AS-OF\r\n");
    }

    @Test
    void summary_withWrongParameters_namesEachOfThem() {
        Answer answer =
                glow.get("/api/reports/appointment-summary?from=2026-03-02&to=2026-03-01&groupBy=YEAR&format=xls&by=1");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("to", "groupBy", "format", "by");
    }

    @Test
    void partitions_ofAYearThatIsLacking_areMadeByTheTimer() throws Exception {
        int last = Year.now(ZoneOffset.UTC).getValue() + 2;
        platform.database().execute("drop table appointments_" + last);

        runNow("PremakePartitions");

        await("select to_regclass('appointments_" + last + "') is not null");
    }

    private static void book(String practice, String at, String status, String price) {
        UUID one = UUID.randomUUID();
        platform.database()
                .execute(
                        """
                        insert into services (practice_id, id, name, category, duration, price)
                        values ('%s', '%s', 'Facial', 'Skin', 60, 1)""".formatted(practice, one),
                        """
                        insert into users (practice_id, id, email, email_search) values ('%1$s', '%2$s', '%2$s@x.example', '%2$s@x.example')""".formatted(practice, one),
                        """
                        insert into staff (practice_id, id, user_id, first_name, last_name, role)
                        values ('%1$s', '%2$s', '%2$s', 'Ada', 'Byron', 'PRACTITIONER')""".formatted(practice, one),
                        """
                        insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price, status)
                        select practice_id, '%2$s', id, '%2$s', '%2$s', '%3$s', 60, %4$s, '%5$s'
                        from clients where practice_id = '%1$s' limit 1""".formatted(practice, one, at, price, status));
    }

    private static void awaitCounted() {
        await("select not behind and not exists (select from summary_dirty) from summary_state");
    }

    private static void await(String condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!platform.text(condition).equals("t")) {
            assertThat(System.nanoTime())
                    .as("waited too long for: " + condition)
                    .isLessThan(deadline);
        }
    }

    private static void runNow(String function) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(platform.host().url().resolve("/admin/functions/" + function))
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }
}
