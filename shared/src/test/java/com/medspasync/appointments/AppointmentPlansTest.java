package com.medspasync.appointments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.StatementPlan;
import com.medspasync.tenant.PracticeId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the server does for the statements about appointments, as the application under row-level security, in a practice that has half of all the
 * appointments of the years: it walks one index in order and stops after a page, and what has an id or a day it looks up in the one year. Their
 * number can be given: {@code -Dappointments=1000000}.
 */
class AppointmentPlansTest {

    private static final int COUNT = Integer.getInteger("appointments", 100_000);
    private static final int TOP = 50;

    /** A page and the row beyond it, in each of the years that it may have to look into for them, with some on the way that are deleted. */
    private static final double MOST_ROWS = 2.0 * (TOP + 1);

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);
    private static final PracticeId GLOW = PLATFORM.practice("glow");
    /** Four years from three years ago, evenly; each client has 20 and each staff member a twentieth. */
    @BeforeAll
    static void fill() {
        PLATFORM.execute("""
                do $$
                declare
                  glow uuid := '%2$s';
                begin
                  set local session_replication_role = replica;
                  create temp table made on commit drop as
                  select
                    case when n %% 2 = 0 then glow::text else one.uuid || lpad((n %% 100)::text, 12, '0') end::uuid as practice, gen_random_uuid() as id,
                    (one.uuid || lpad((n / 2 %% (%1$d / 40))::text, 12, '0'))::uuid as client,
                    (one.uuid || lpad((n / 2 %% 30)::text, 12, '0'))::uuid as service,
                    (one.uuid || lpad((n / 2 %% 20)::text, 12, '0'))::uuid as staff,
                    now() - interval '3 years' + n * (interval '4 years' / %1$d) as at, n
                  from generate_series(1, %1$d) n
                  cross join (select '00000000-0000-0000-0001-' as uuid) one;
                  insert into appointments (
                    practice_id, id, client_id, service_id, staff_id, date_time, duration, price, status, payment_status, deleted_at)
                  select
                    practice, id, client, service, staff, at, 30, 100,
                    case when n / 2 %% 10 = 0 then 'CANCELLED' when at < now() then 'COMPLETED' when n / 2 %% 3 = 0 then 'CONFIRMED' else 'SCHEDULED' end,
                    case when n / 2 %% 50 = 0 then 'FAILED' when at < now() then 'PAID' else 'PENDING' end,
                    case when n / 2 %% 25 = 1 then now() end
                  from made
                  order by random();
                  insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
                  select practice, id, staff, at, tstzrange(at, at + interval '30 minutes'), false from made;
                end
                $$""".formatted(COUNT, GLOW));
        PLATFORM.execute("vacuum analyze appointments", "vacuum analyze staff_bookings", "analyze");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    static Stream<Arguments> lists() {
        return Stream.of(AppointmentList.Lead.values())
                .flatMap(lead -> Stream.of(true, false)
                        .flatMap(latestFirst -> Stream.of(StatementPlan.Choice.values())
                                .map(choice -> Arguments.of(lead, latestFirst, choice))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void list_onAnyPage_walksTheIndexOfItsLead(
            AppointmentList.Lead lead, boolean latestFirst, StatementPlan.Choice choice) {
        Sql sql = AppointmentList.sql(lead, latestFirst);
        for (String after : new String[] {latestFirst ? "infinity" : "-infinity", daysAgo(400)}) {
            StatementPlan plan = StatementPlan.of(DATABASE, GLOW, choice, sql, list(lead, after, latestFirst));
            List<JsonNode> scans = scans(plan);
            assertThat(scans).as(plan.toString()).isNotEmpty().allSatisfy(scan -> {
                assertThat(scan.path("Node Type").asText()).isEqualTo("Index Scan");
                assertThat(scan.path("Index Name").asText()).endsWith(index(lead));
            });
            assertThat(scans.stream().mapToDouble(StatementPlan::rowsRead).sum())
                    .as(plan.toString())
                    .isBetween(1.0, MOST_ROWS);
            assertThat(plan.nodes(node -> node.path("Node Type").asText().equals("Sort")
                            && node.path("Actual Rows").asDouble() > MOST_ROWS))
                    .as("what is sorted: %s", plan)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void listOfADay_readsTheDayInItsYear(StatementPlan.Choice choice) {
        for (AppointmentList.Lead lead :
                new AppointmentList.Lead[] {AppointmentList.Lead.TIME, AppointmentList.Lead.STAFF}) {
            Map<String, Object> values = list(lead, "-infinity", false);
            values.put("day", daysAgo(300));
            StatementPlan plan = StatementPlan.of(DATABASE, GLOW, choice, AppointmentList.sql(lead, false), values);
            List<JsonNode> scans = scans(plan);
            assertThat(scans.stream()
                            .map(scan -> scan.path("Relation Name").asText())
                            .distinct())
                    .as(plan.toString())
                    .hasSize(1);
            assertThat(scans.stream().mapToDouble(StatementPlan::rowsRead).sum())
                    .as(plan.toString())
                    .isBetween(1.0, Math.max(MOST_ROWS, COUNT / 1461.0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void findById_readsOneRowOfOneYear(StatementPlan.Choice choice) {
        String id = PLATFORM.rows(
                        "select id from appointments where practice_id = ? and deleted_at is null limit 1",
                        GLOW.value())
                .getFirst();
        Map<String, Object> values = new HashMap<>(expanded());
        values.put("id", id);
        values.put("unmasked", null);
        StatementPlan plan = StatementPlan.of(DATABASE, GLOW, choice, AppointmentReader.FIND, values);
        assertThat(scans(plan)).as(plan.toString()).hasSize(1).allSatisfy(scan -> {
            assertThat(scan.path("Index Name").asText()).endsWith("_pkey");
            assertThat(StatementPlan.rowsRead(scan)).isEqualTo(1);
        });
    }

    /** Not by the exclusion's, which would have all that the staff member ever had: 5,000 appointments here. */
    @ParameterizedTest
    @EnumSource
    void lookForWhoIsInTheWay_readsTheDaysAroundFromTheIndexOfBeginnings(StatementPlan.Choice choice) {
        Salon salon = new Salon(PLATFORM);
        PLATFORM.execute("""
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                select '%s', gen_random_uuid(), '%s', at, tstzrange(at, at + interval '30 minutes')
                from generate_series(timestamptz '2026-01-01', timestamptz '2026-01-01' + interval '4999 hours', interval '1 hour') at""".formatted(salon.practice(), salon.anna()), "analyze staff_bookings");
        Map<String, Object> values = new HashMap<>();
        values.put("id", UUID.randomUUID().toString());
        values.put("client", salon.client().toString());
        values.put("service", salon.facial().toString());
        values.put("staff", salon.anna().toString());
        values.put("starts_at", "2026-03-01T10:10:00Z");
        values.put("duration", 15);
        values.put("price", "1");
        values.put("notes", new byte[] {1});
        values.put("key_version", 1);
        values.put("override", "Whatever");
        values.put("now", "2026-02-01T00:00:00Z");
        for (Sql sql : new Sql[] {AppointmentInsertion.CREATE, Objections.ASK}) {
            StatementPlan plan = StatementPlan.of(DATABASE, salon.practice(), choice, sql, values);
            List<JsonNode> looks =
                    plan.nodes(node -> node.path("Alias").asText().equals("b")
                            && node.path("Node Type").asText().endsWith("Scan"));
            assertThat(looks).as(plan.toString()).hasSize(1).allSatisfy(look -> {
                assertThat(look.path("Index Name").asText()).isEqualTo("staff_bookings_start");
                assertThat(StatementPlan.rowsRead(look)).isBetween(1.0, 100.0);
            });
        }
    }

    private static String daysAgo(int days) {
        return LocalDate.now(ZoneOffset.UTC).minusDays(days).toString();
    }

    /** The scans of those years in which it read anything; in the others it only looked where the index would have it. */
    private static List<JsonNode> scans(StatementPlan plan) {
        return plan.nodes(node -> node.path("Relation Name").asText().startsWith("appointments")
                && StatementPlan.rowsRead(node) > 0
                && node.path("Node Type").asText().endsWith("Scan"));
    }

    private static String index(AppointmentList.Lead lead) {
        return switch (lead) {
            case TIME -> "_practice_id_date_time_id_idx";
            case CLIENT -> "_practice_id_client_id_date_time_id_idx";
            case STAFF -> "_practice_id_staff_id_date_time_id_idx";
            case SERVICE -> "_practice_id_service_id_date_time_id_idx";
            case PAYMENT -> "_practice_id_payment_status_date_time_id_idx";
            case STATUS -> "_practice_id_status_date_time_id_idx";
        };
    }

    /** As a list is asked for that is led by it and narrowed by nothing else. */
    private static Map<String, Object> list(AppointmentList.Lead lead, String after, boolean latestFirst) {
        Map<String, Object> values = new HashMap<>(expanded());
        for (String none :
                new String[] {"day", "from", "to", "client", "staff", "service", "status", "payment", "unmasked"}) {
            values.put(none, null);
        }
        switch (lead) {
            case TIME -> {}
            case CLIENT -> values.put("client", "00000000-0000-0000-0001-000000000007");
            case STAFF -> values.put("staff", "00000000-0000-0000-0001-000000000007");
            case SERVICE -> values.put("service", "00000000-0000-0000-0001-000000000007");
            case PAYMENT -> values.put("payment", "FAILED");
            case STATUS -> values.put("status", "CANCELLED");
        }
        values.put("top", TOP);
        values.put("criteria", "[]");
        values.put("after_time", after);
        values.put(
                "after_id",
                latestFirst ? "ffffffff-ffff-ffff-ffff-ffffffffffff" : "00000000-0000-0000-0000-000000000000");
        return values;
    }

    private static Map<String, Object> expanded() {
        return Map.of("expand_client", true, "expand_service", true, "expand_staff", true);
    }
}
