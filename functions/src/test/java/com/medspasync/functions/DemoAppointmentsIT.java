package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.demo.DemoPractices;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What there is to see of the demo practices' appointments, as a local platform has them after its start. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoAppointmentsIT {

    private static final int CLIENTS = 40;

    /** All of it, in an order of its own; what is not the practices' own doing, ids and times of writing, left out. */
    private static final String EVERYTHING = """
            select md5(string_agg(concat_ws(' ', p.name, u.email, a.date_time, a.status, a.cancellation_reason, a.payment_status), ';' order by p.name, u.email, a.date_time))
            from appointments a
            join practices p on p.id = a.practice_id
            join staff s on s.id = a.staff_id
            join users u on u.id = s.user_id""";

    private static final String OF =
            " from appointments where practice_id = (select id from practices where name = '%s')";

    private TestPlatform platform;

    @BeforeAll
    void start() {
        platform = TestPlatform.start(CLIENTS);
        load();
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    private void load() {
        var unused = new DemoPractices(CLIENTS).withAppointments().load(platform.settings(), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Glow Medical Spa", "Radiance Aesthetics"})
    void practices_haveAMonthThatHasBeenAndTwoWeeksToCome(String practice) {
        String of = OF.formatted(practice);
        assertThat(number("count(*)", of)).isBetween(150, 700);
        assertThat(is("min(date_time) between now() - interval '31 days' and now() - interval '25 days'", of))
                .isTrue();
        assertThat(is("max(date_time) between now() + interval '10 days' and now() + interval '15 days'", of))
                .isTrue();

        String past = of + " and date_time + make_interval(mins => duration) <= now()";
        assertThat(number("count(*) filter (where status in ('SCHEDULED', 'CONFIRMED'))", past))
                .isZero();
        assertThat(is(
                        "count(*) filter (where status = 'COMPLETED' and payment_status = 'PAID') > count(*) * 0.6",
                        past))
                .isTrue();
        assertThat(number("count(*) filter (where cancellation_reason = 'NO_SHOW')", past))
                .isPositive();
        assertThat(number("count(*) filter (where cancellation_reason = 'PRACTICE')", past))
                .isPositive();
        assertThat(number("count(*) filter (where late_cancellation)", of)).isEqualTo(1);

        String toCome = of + " and date_time > now()";
        assertThat(number("count(*) filter (where status = 'COMPLETED' or payment_status <> 'PENDING')", toCome))
                .isZero();
        assertThat(number("count(*) filter (where status = 'SCHEDULED')", toCome))
                .isGreaterThan(10);
        assertThat(number("count(*) filter (where status = 'CONFIRMED')", toCome))
                .isGreaterThan(10);
        assertThat(is("count(notes) between 5 and count(*) / 3", of)).isTrue();
    }

    @Test
    void everyAppointment_liesWithinTheHoursOfWhoGivesTheService() {
        assertThat(platform.text("""
                        select count(*)
                        from appointments a
                        join staff st on st.id = a.staff_id
                        join services sv on sv.id = a.service_id
                        where not sv.category = any (st.specializations)
                          or not works(a.practice_id, a.staff_id, a.date_time - make_interval(mins => a.buffer_before),
                            a.date_time + make_interval(mins => a.duration + a.buffer_after))""")).isEqualTo("0");
        assertThat(platform.text("""
                        select count(*)
                        from appointments a
                        join appointments b on b.client_id = a.client_id and b.id > a.id
                          and tstzrange(a.date_time, a.date_time + make_interval(mins => a.duration))
                            && tstzrange(b.date_time, b.date_time + make_interval(mins => b.duration))""")).as("clients who are in two places").isEqualTo("0");
        assertThat(platform.text("""
                        select string_agg(distinct details ->> 'reason', ', ') from audit_logs where action = 'OVERRIDE'""")).isEqualTo("Demo data: entered after the day");
    }

    @Test
    void secondStart_addsNothing_andOneThatWasBrokenOffGoesOn() {
        String before = platform.text(EVERYTHING);
        String written =
                "select count(*) from audit_logs where table_name = 'appointments' and action <> 'READ' and action <> 'SEARCH'";
        String rows = platform.text(written);
        load();
        assertThat(platform.text(EVERYTHING)).isEqualTo(before);
        assertThat(platform.text(written)).isEqualTo(rows);

        String some = "select id from appointments where date_time < now() - interval '20 days'";
        platform.database()
                .execute(
                        "delete from staff_bookings where appointment_id in (" + some + ")",
                        "delete from appointments where date_time < now() - interval '20 days'");
        assertThat(platform.text(EVERYTHING)).isNotEqualTo(before);
        load();
        assertThat(platform.text(EVERYTHING)).isEqualTo(before);
    }

    @Test
    void frontDesk_seesTheDayTheNumbersAndWhatIsFree() {
        ApiClient manager = ApiClient.login(platform.host(), "manager@glow.example");
        LocalDate today = LocalDate.now(ZoneId.of("America/Los_Angeles"));

        Answer summary = manager.get("/api/reports/appointment-summary?from=%s&to=%s&groupBy=MONTH"
                .formatted(today.minusDays(60), today.plusDays(60)));
        assertThat(summary.status()).isEqualTo(200);
        assertThat(summary.body().at("/total/totalAppointments").intValue())
                .isEqualTo(number("count(*)", OF.formatted("Glow Medical Spa")));
        assertThat(summary.body().at("/total/completedRevenue").decimalValue()).isPositive();

        LocalDate workday = today.plusDays(7);
        while (workday.getDayOfWeek().getValue() > 5) {
            workday = workday.minusDays(1);
        }
        Answer day = manager.get("/api/appointments?day=%s&expand=client,service,staff".formatted(workday));
        assertThat(day.status()).isEqualTo(200);
        assertThat(day.body().path("value")).isNotEmpty();
        JsonNode service = manager.get("/api/services").body().at("/value/0/id");
        Answer free = manager.get(
                "/api/availability?serviceId=%s&from=%s&to=%s".formatted(service.asText(), workday, workday));
        assertThat(free.body().at("/value/0/starts")).isNotEmpty();
    }

    private int number(String expression, String of) {
        return Integer.parseInt(platform.text("select " + expression + of));
    }

    private boolean is(String expression, String of) {
        return platform.text("select " + expression + of).equals("t");
    }
}
