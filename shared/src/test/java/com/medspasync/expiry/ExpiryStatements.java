package com.medspasync.expiry;

import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import java.util.UUID;

/** The statements that delete what has expired. */
final class ExpiryStatements implements StatementExercise {

    @Override
    public void run(Stage stage, int round) {
        new Expiry(stage.open(DatabaseRole.MAINTENANCE), UUID::randomUUID).run();
    }
}
