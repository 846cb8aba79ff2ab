package com.medspasync.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of summaries. */
final class ReportingStatements implements StatementExercise {

    private @Nullable Spa spa;

    @Override
    public void run(Stage stage, int round) {
        if (spa == null) {
            spa = Spa.in(stage.database(), "Europe/Berlin");
        }
        try (Connection app = spa.connect()) {
            spa.book(app, "2026-07-02T15:00:00Z", "3");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        new SummaryRefresh(stage.open(DatabaseRole.MAINTENANCE), UUID::randomUUID, Clock.systemUTC()).run();
        LocalDate day = round % 2 == 0 ? null : LocalDate.of(2026, 7, 1);
        for (GroupBy groupBy : GroupBy.values()) {
            assertThat(new AppointmentSummaries(stage.open(DatabaseRole.APP))
                            .find(spa.caller(), new SummaryQuery(day, null, groupBy)))
                    .isPresent();
        }
    }
}
