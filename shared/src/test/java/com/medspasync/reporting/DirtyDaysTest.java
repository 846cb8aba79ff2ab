package com.medspasync.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which days a change has counted again. */
class DirtyDaysTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final String BEFORE = "2026-12-31 10:00:00+00";
    private static final String AFTER = "2027-01-04 10:00:00+00";

    private final Spa spa = Spa.in(DATABASE, "UTC");
    private Connection app;
    private UUID appointment;

    @BeforeEach
    void book() throws SQLException {
        app = spa.connect();
        appointment = spa.book(app, BEFORE, "99.90");
        assertThat(taken()).containsExactly(BEFORE);
    }

    @AfterEach
    void close() throws SQLException {
        app.close();
    }

    @Test
    void move_betweenYears_marksBothDays() throws SQLException {
        assertThat(spa.change(app, appointment, "date_time = '" + AFTER + "'")).isOne();

        assertThat(taken()).containsExactly(BEFORE, AFTER);
        assertThat(Spa.rows(
                        app,
                        "select action, old_values, new_values from audit_logs where record_id = ? and action <> 'CREATE'",
                        appointment))
                .containsExactly("UPDATE {\"date_time\": \"2026-12-31T10:00:00+00:00\"} "
                        + "{\"date_time\": \"2027-01-04T10:00:00+00:00\"}");
    }

    @Test
    void change_ofWhatIsCounted_marksTheDay() throws SQLException {
        for (String change : List.of(
                "status = 'COMPLETED'",
                "status = 'CANCELLED'",
                "price = 100",
                "deleted_at = now()",
                "deleted_at = null")) {
            spa.change(app, appointment, change);
            assertThat(taken()).as(change).containsExactly(BEFORE);
        }
    }

    @Test
    void change_ofWhatIsNotCounted_marksNothing() throws SQLException {
        for (String change : List.of(
                "payment_status = 'PAID'",
                "reminder_sent = true",
                "staff_id = '%s'".formatted(spa.staff().getLast()),
                "version = version + 1, updated_at = now()",
                "price = 99.90, status = 'SCHEDULED'")) {
            spa.change(app, appointment, change);
            assertThat(taken()).as(change).isEmpty();
        }
    }

    @Test
    void deletion_ofTheRow_marksTheDay() throws SQLException {
        try (Connection owner = DATABASE.connect(EmbeddedDatabase.OWNER)) {
            Spa.update(owner, "delete from appointments where id = ?", appointment);
        }

        assertThat(taken()).containsExactly(BEFORE);
    }

    @Test
    void anotherTimeZone_marksTheWholePracticeByOneRow() throws SQLException {
        spa.book(app, AFTER, "1");
        taken();
        Spa.update(app, "update practices set time_zone = 'Asia/Tokyo'");
        assertThat(taken()).containsExactly("null");

        Spa.update(app, "update practices set name = 'Other', time_zone = 'Asia/Tokyo'");
        assertThat(taken()).isEmpty();
    }

    /** What is marked of this practice, and is so no more. */
    private List<String> taken() throws SQLException {
        try (Connection owner = DATABASE.connect(EmbeddedDatabase.OWNER)) {
            Spa.update(owner, "set timezone = 'UTC'");
            return Spa.rows(owner, """
                    with taken as (delete from summary_dirty where practice_id = ? returning date_time)
                    select date_time from taken order by date_time""", spa.id().value());
        }
    }
}
