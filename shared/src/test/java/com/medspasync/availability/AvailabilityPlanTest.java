package com.medspasync.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.StatementPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server reads of a year's bookings for a few days, as the application under row-level security. */
class AvailabilityPlanTest {

    private static final int STAFF = 5;
    private static final int A_DAY = 16;
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Diary GLOW = filled();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    private static Diary filled() {
        Diary diary = new Diary(DATABASE, "America/New_York", null, 15);
        diary.service(0, 30, 0);
        for (int i = 0; i < STAFF; i++) {
            diary.staff(Diary.daily(Diary.hours("09:00-17:00")));
        }
        DATABASE.execute("""
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                select practice_id, gen_random_uuid(), id, at, tstzrange(at, at + interval '30 minutes')
                from staff
                cross join generate_series(timestamptz '2026-09-01 14:00Z', '2027-09-01 14:00Z', interval '24 hours') day
                cross join generate_series(1, %d) n
                cross join lateral (select day + n * interval '30 minutes' as at) a
                order by random()""".formatted(A_DAY), "vacuum analyze");
        return diary;
    }

    @ParameterizedTest
    @EnumSource
    void find_readsTheBookingsOfTheDaysFromTheirIndex(StatementPlan.Choice choice) {
        Map<String, Object> values = new HashMap<>();
        values.put("service", GLOW.service.toString());
        values.put("staff", null);
        values.put("from", "2027-03-01");
        values.put("to", "2027-03-02");
        List<JsonNode> scans = StatementPlan.of(DATABASE, GLOW.practice, choice, Availability.FIND, values)
                .nodes(node -> node.path("Relation Name").asText().equals("staff_bookings"));
        assertThat(scans).hasSize(1);
        JsonNode scan = scans.getFirst();
        assertThat(scan.path("Index Name").asText()).isEqualTo("staff_bookings_start");
        assertThat(scan.path("Node Type").asText()).isEqualTo("Index Only Scan");
        assertThat(scan.path("Actual Loops").asInt()).isEqualTo(STAFF);
        assertThat(scan.path("Actual Rows").asDouble()
                        + scan.path("Rows Removed by Filter").asDouble())
                .as("two days, and the four around them that may reach into them")
                .isBetween(2.0 * A_DAY, 6.0 * A_DAY);
    }
}
