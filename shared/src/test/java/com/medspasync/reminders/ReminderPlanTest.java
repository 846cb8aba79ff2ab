package com.medspasync.reminders;

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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the server does to find reminders among many appointments of many practices, of which all that are near are marked but a few. */
class ReminderPlanTest {

    private static final int COUNT = Integer.getInteger("appointments", 100_000);
    private static final int PRACTICES = 50;
    private static final int DUE = 20;
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();

    @BeforeAll
    static void fill() {
        // Without triggers: neither references nor the audit matter here.
        DATABASE.execute("""
                do $$
                begin
                  set local session_replication_role = replica;
                  insert into practices (id, name, reminder_hours)
                  select ('00000000-0000-0000-0001-' || lpad(n::text, 12, '0'))::uuid, 'p' || n, case when n %% 2 = 0 then 48 end from generate_series(1, %2$d) n;
                  insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price, status, reminder_sent)
                  select ('00000000-0000-0000-0001-' || lpad((1 + n %% %2$d)::text, 12, '0'))::uuid, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), at, 30, 100,
                    case when n %% 10 = 0 then 'CANCELLED' when at < now() then 'COMPLETED' else 'SCHEDULED' end, at < now() + interval '49 hours'
                  from generate_series(1, %1$d) n
                  cross join lateral (select now() - interval '2 years' + n * (interval '3 years' / %1$d) as at) a;
                end
                $$""".formatted(COUNT, PRACTICES), """
                update appointments set reminder_sent = false
                where id in (
                  select a.id
                  from appointments a join practices p on p.id = a.practice_id
                  where p.reminder_hours = 48 and a.status = 'SCHEDULED' and a.date_time between now() + interval '1 hour' and now() + interval '47 hours'
                  order by a.id limit %d)""".formatted(DUE), "vacuum analyze appointments", "analyze");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void mark_amongManyAppointments_readsThoseThatAreDueAndNoOthers() throws SQLException, JsonProcessingException {
        for (int run = 0; run < 2; run++) {
            JsonNode explained = explained(ReminderWatch.MARK
                    .toString()
                    .replace(":batch", "500")
                    .replace(":platform_channel", "true")
                    .replace(":notices::uuid[]", "(select array_agg(gen_random_uuid()) from generate_series(1, 500))"));
            List<JsonNode> scans = new ArrayList<>();
            collect(explained.path("Plan"), scans);
            List<JsonNode> executed = scans.stream()
                    .filter(scan -> scan.path("Actual Loops").asInt() > 0)
                    .toList();
            assertThat(executed)
                    .isNotEmpty()
                    .allSatisfy(
                            scan -> assertThat(scan.path("Index Name").asText()).matches("appointments_\\d+_.*"));
            double read = executed.stream()
                    .mapToDouble(scan -> scan.path("Actual Loops").asDouble()
                            * (scan.path("Actual Rows").asDouble()
                                    + scan.path("Rows Removed by Filter").asDouble()))
                    .sum();
            // Each that is due is found once and updated once.
            assertThat(read).as(explained.toPrettyString()).isBetween(2.0 * DUE - 1, 2.0 * DUE + 1);
            assertThat(executed.stream()
                            .map(scan -> scan.path("Relation Name").asText())
                            .distinct())
                    .as("partitions: of this year, and in its last week of the next")
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private static void collect(JsonNode node, List<JsonNode> scans) {
        if (node.path("Relation Name").asText().startsWith("appointments")
                && node.path("Node Type").asText().endsWith("Scan")) {
            scans.add(node);
        }
        node.path("Plans").forEach(child -> collect(child, scans));
    }

    private static JsonNode explained(String sql) throws SQLException, JsonProcessingException {
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.MAINTENANCE);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (ResultSet row = statement.executeQuery("explain (analyze, format json) " + sql)) {
                row.next();
                return new JsonMapper().readTree(row.getString(1)).get(0);
            } finally {
                connection.rollback();
            }
        }
    }
}
