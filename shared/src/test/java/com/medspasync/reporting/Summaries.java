package com.medspasync.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** What the totals and the view hold, and what they should. */
final class Summaries {

    private static final String COLUMNS =
            "total_appointments, completed_appointments, cancelled_appointments, total_revenue, completed_revenue";

    /** Written without regard to how the totals are counted. */
    static final String DIRECT_COUNT = """
            select a.practice_id, (a.date_time at time zone p.time_zone)::date as day, count(*),
              count(*) filter (where status = 'COMPLETED'), count(*) filter (where status = 'CANCELLED'),
              sum(case when status = 'CANCELLED' then 0 else price end)::numeric(14, 2),
              sum(case when status = 'COMPLETED' then price else 0 end)::numeric(14, 2)
            from appointments a
            join practices p on p.id = a.practice_id
            where a.deleted_at is null
            group by 1, 2
            order by 1, 2""";

    static final String TOTALS = "select practice_id, day, " + COLUMNS + " from daily_totals order by 1, 2";

    static final String VIEW =
            "select practice_id, appointment_date, " + COLUMNS + " from appointment_summary order by 1, 2";

    private Summaries() {}

    static List<String> read(EmbeddedDatabase database, String sql) {
        try (Connection connection = database.connect(EmbeddedDatabase.SUPERUSER)) {
            return Spa.rows(connection, sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** That totals and view are what the appointments add up to, while nobody changes any. */
    static void assertExact(EmbeddedDatabase database) {
        List<String> direct = read(database, DIRECT_COUNT);
        assertThat(read(database, TOTALS)).as("daily totals").isEqualTo(direct);
        assertThat(read(database, VIEW)).as("the view").isEqualTo(direct);
    }
}
