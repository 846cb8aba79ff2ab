package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Free times over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AvailabilityIT {

    private final UUID service = UUID.randomUUID();
    private final UUID staff = UUID.randomUUID();
    private TestPlatform platform;
    private ApiClient glow;
    private LocalDate day;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        glow = ApiClient.login(platform.host(), "staff@glow.example");
        String practice = glow.get("/api/auth/me").text("practiceId");
        platform.database()
                .execute(
                        "update practices set opening_hours = null, slot_minutes = 30, time_zone = 'America/New_York' where id = '%s'"
                                .formatted(practice),
                        """
                        insert into services (practice_id, id, name, category, duration, buffer_after, price)
                        values ('%s', '%s', 'Peel', 'Peels', 45, 15, 120)""".formatted(practice, service),
                        staff(practice, staff, "[{\"from\": \"09:00\", \"to\": \"11:00\"}]"));
        day = LocalDate.now(ZoneId.of("America/New_York")).plusDays(3);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private String staff(String practice, UUID id, String hours) {
        return """
                with u as (
                  insert into users (practice_id, id, email, email_search) values ('%1$s', gen_random_uuid(), '%2$s@example.com', '%2$s@example.com')
                  returning practice_id, id)
                insert into staff (practice_id, id, user_id, first_name, last_name, role, specializations, working_hours)
                select practice_id, '%2$s', id, 'Grace', 'Hopper', 'PRACTITIONER', '{Peels,Everything}', '%3$s' from u""".formatted(practice, id, week(hours));
    }

    @Test
    void times_ofAService_areThoseOfTheDaysAskedFor() {
        Answer answer = find("&from=" + day + "&to=" + day.plusDays(1));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("timeZone")).isEqualTo("America/New_York");
        assertThat(answer.text("serviceId")).isEqualTo(service.toString());
        assertThat(answer.body().path("duration").asInt()).isEqualTo(45);
        assertThat(answer.body().path("value")).hasSize(2);
        JsonNode first = answer.body().path("value").get(0);
        assertThat(first.path("day").asText()).isEqualTo(day.toString());
        assertThat(first.path("staffId").asText()).isEqualTo(staff.toString());
        List<String> starts = new ArrayList<>();
        first.path("starts").forEach(start -> starts.add(start.asText()));
        assertThat(starts).hasSize(3).allMatch(start -> start.matches(day + "T(09:00|09:30|10:00):00-0[45]:00"));
        assertThat(OffsetDateTime.parse(starts.getFirst()).toInstant())
                .isEqualTo(
                        day.atTime(9, 0).atZone(ZoneId.of("America/New_York")).toInstant());
        assertThat(answer.response().body()).doesNotContain("Grace", "Hopper");
    }

    @Test
    void times_ofWhatIsNotThere_areNotFound() {
        assertThat(find("&from=%s&to=%s&staffId=%s".formatted(day, day, staff)).status())
                .isEqualTo(200);
        assertThat(find("&from=%s&to=%s&staffId=%s".formatted(day, day, service))
                        .status())
                .isEqualTo(404);
        assertThat(glow.get("/api/availability?serviceId=%s&from=%s&to=%s".formatted(staff, day, day))
                        .status())
                .isEqualTo(404);
        ApiClient radiance = ApiClient.login(platform.host(), "staff@radiance.example");
        assertThat(radiance.get("/api/availability?serviceId=%s&from=%s&to=%s".formatted(service, day, day))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void times_ofDaysThatAreNoneOrTooMany_areRefused() {
        assertThat(find("&from=" + day + "&to=" + day.plusDays(30)).status()).isEqualTo(200);
        for (String days : new String[] {
            "",
            "&from=" + day,
            "&to=" + day,
            "&from=" + day + "&to=" + day.minusDays(1),
            "&from=" + day + "&to=" + day.plusDays(31),
            "&from=tomorrow&to=" + day,
            "&from=%s&to=%s&top=3".formatted(day, day),
            "&from=%s&to=%s&staffId=me".formatted(day, day)
        }) {
            assertThat(find(days).status()).as(days).isEqualTo(400);
        }
        assertThat(glow.get("/api/availability?from=%s&to=%s".formatted(day, day))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void times_tooManyForOneAnswer_goOnUnderTheNextLink() {
        String practice = glow.get("/api/auth/me").text("practiceId");
        UUID everything = UUID.randomUUID();
        List<String> staffed = new ArrayList<>(List.of("""
                insert into services (practice_id, id, name, category, duration, price)
                values ('%s', '%s', 'All', 'Everything', 5, 120)""".formatted(practice, everything)));
        for (int i = 0; i < 8; i++) {
            staffed.add(staff(practice, UUID.randomUUID(), "[{\"from\": \"00:00\", \"to\": \"24:00\"}]"));
        }
        staffed.add("update schedule_exceptions set deleted_at = now() where practice_id = '%s'".formatted(practice));
        platform.database().execute(staffed.toArray(String[]::new));
        int times = 0;
        int pages = 0;
        String next = "/api/availability?serviceId=%s&from=%s&to=%s".formatted(everything, day, day.plusDays(30));
        List<String> days = new ArrayList<>();
        while (!next.isEmpty()) {
            Answer page = glow.get(next);
            assertThat(page.status()).isEqualTo(200);
            for (JsonNode free : page.body().path("value")) {
                days.add(free.path("day").asText() + free.path("staffId").asText());
                times += free.path("starts").size();
            }
            next = page.text("nextLink");
            pages++;
        }
        platform.database()
                .execute("update staff set deleted_at = now() where practice_id = '%s' and id <> '%s'"
                        .formatted(practice, staff));
        assertThat(pages).isEqualTo(2);
        assertThat(days).doesNotHaveDuplicates().hasSize(31 * 9);
        assertThat(times).isBetween(31 * (8 * 46 + 4), 31 * (8 * 50 + 4));
    }

    @Test
    void times_areNotForOperators() {
        ApiClient operator = ApiClient.login(platform.host(), DemoPractices.OPERATOR);
        assertThat(operator.get("/api/availability?serviceId=%s&from=%s&to=%s".formatted(service, day, day))
                        .status())
                .isEqualTo(403);
        assertThat(ApiClient.stranger(platform.host())
                        .get("/api/availability?serviceId=%s&from=%s&to=%s".formatted(service, day, day))
                        .status())
                .isEqualTo(401);
    }

    private Answer find(String days) {
        return glow.get("/api/availability?serviceId=" + service + days);
    }

    private static String week(String hours) {
        return "{\"monday\":%1$s,\"tuesday\":%1$s,\"wednesday\":%1$s,\"thursday\":%1$s,\"friday\":%1$s,\"saturday\":%1$s,\"sunday\":%1$s}"
                .formatted(hours);
    }
}
