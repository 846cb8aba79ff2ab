package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.message.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reminders from the timer, over the real queue and the local host, to whoever receives them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemindersIT {

    private TestPlatform platform;
    private String practice;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(1);
        practice = ApiClient.login(platform.host(), "admin@glow.example")
                .get("/api/auth/me")
                .text("practiceId");
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    @Test
    void appointment_inTwoHours_isRemindedOfOnceAndByIdsAlone() throws Exception {
        UUID appointment = UUID.randomUUID();
        platform.database()
                .execute(
                        "update practices set reminder_hours = 24 where id = '%s'".formatted(practice),
                        """
                        insert into services (practice_id, id, name, category, duration, price)
                        values ('%s', gen_random_uuid(), 'Lip filler', 'Injectables', 30, 500)""".formatted(practice),
                        """
                        with u as (
                          insert into users (practice_id, id, email, email_search) values ('%s', gen_random_uuid(), 'grace@example.com', 'grace@example.com')
                          returning practice_id, id)
                        insert into staff (practice_id, id, user_id, first_name, last_name, role)
                        select practice_id, gen_random_uuid(), id, 'Grace', 'Hopper', 'PRACTITIONER' from u""".formatted(practice),
                        """
                        with booked as (
                          insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                          select practice_id, '%2$s', id, now() + interval '2 hours', tstzrange(now() + interval '2 hours', now() + interval '3 hours')
                          from staff where practice_id = '%1$s' and last_name = 'Hopper' limit 1
                          returning practice_id, appointment_id, staff_id, starts_at)
                        insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
                        select b.practice_id, b.appointment_id, c.id, v.id, b.staff_id, b.starts_at, 60, 500
                        from booked b
                        join services v on v.practice_id = b.practice_id and v.name = 'Lip filler'
                        join clients c on c.practice_id = b.practice_id
                        limit 1""".formatted(practice, appointment));
        platform.fire("FindReminders");
        platform.fire("FindReminders");

        Received message = platform.awaitMessage(
                received -> received.body().path("appointmentId").asText().equals(appointment.toString()));
        Map<String, String> fields = message.body().properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, field -> field.getValue().asText()));
        assertThat(fields)
                .containsOnlyKeys(
                        "id",
                        "kind",
                        "practiceId",
                        "createdAt",
                        "appointmentId",
                        "clientId",
                        "serviceId",
                        "staffId",
                        "startsAt",
                        "timeZone")
                .containsEntry("practiceId", practice)
                .containsEntry("appointmentId", appointment.toString())
                .containsEntry(
                        "clientId",
                        platform.text("select client_id from appointments where id = '%s'".formatted(appointment)))
                .containsEntry(
                        "timeZone",
                        platform.text("select time_zone from practices where id = '%s'".formatted(practice)));
        assertThat(Duration.between(
                        Instant.now(),
                        Instant.parse(message.body().path("startsAt").asText())))
                .isBetween(Duration.ofMinutes(110), Duration.ofMinutes(120));
        assertThat(message.text())
                .doesNotContain(
                        "Grace",
                        "Hopper",
                        "Lip filler",
                        "@",
                        platform.text("select first_name from clients where practice_id = '%s'".formatted(practice)));
        assertThat(platform.text("select reminder_sent || ' ' || version from appointments where id = '%s'"
                        .formatted(appointment)))
                .isEqualTo("true 1");
        assertThat(platform.text("select count(*) from notices where subject_id = '%s'".formatted(appointment)))
                .isEqualTo("1");
    }
}
