package com.medspasync.reminders;

import com.fasterxml.uuid.Generators;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeKind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import java.util.UUID;

/** The statements of reminders. */
final class ReminderStatements implements StatementExercise {

    @Override
    public void run(Stage stage, int round) {
        PracticeDatabase maintenance = stage.open(DatabaseRole.MAINTENANCE);
        new ReminderWatch(
                        maintenance,
                        (id, delay) -> {},
                        round % 2 == 0,
                        Generators.timeBasedEpochRandomGenerator()::generate)
                .remind();
        UUID id = UUID.randomUUID();
        new ReminderComposer(maintenance)
                .compose(
                        new Notice(PracticeId.PLATFORM, id, NoticeKind.APPOINTMENT_REMINDER, id, Instant.EPOCH, 1),
                        Caller.platform(PracticeId.PLATFORM, new Origin(null, null, id)));
    }
}
