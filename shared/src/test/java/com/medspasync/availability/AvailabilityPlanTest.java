package com.medspasync.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.database.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void find_readsTheBookingsOfTheDaysFromTheirIndex(String plan) throws SQLException, JsonProcessingException {
        List<JsonNode> scans = new ArrayList<>();
        collect(explained(plan), scans);
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

    private static void collect(JsonNode node, List<JsonNode> scans) {
        if (node.path("Relation Name").asText().equals("staff_bookings")) {
            scans.add(node);
        }
        node.path("Plans").forEach(child -> collect(child, scans));
    }

    private static JsonNode explained(String plan) throws SQLException, JsonProcessingException {
        String sql = Availability.FIND
                .toString()
                .replaceAll(":practice\\b", "\\$1")
                .replaceAll(":service\\b", "\\$2")
                .replaceAll(":staff\\b", "\\$3")
                .replaceAll(":from\\b", "\\$4")
                .replaceAll(":to\\b", "\\$5");
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.APP);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local plan_cache_mode = " + plan);
            statement.execute("select set_config('app.current_practice_id', '%s', true)".formatted(GLOW.practice));
            statement.execute("prepare explained (text, text, text, text, text) as " + sql);
            try (ResultSet row = statement.executeQuery(
                    "explain (analyze, format json) execute explained ('%s', '%s', null, '2027-03-01', '2027-03-02')"
                            .formatted(GLOW.practice, GLOW.service))) {
                row.next();
                return new JsonMapper().readTree(row.getString(1)).get(0).path("Plan");
            } finally {
                connection.rollback();
            }
        }
    }
}
