package com.medspasync.database;

/** The statements of this package itself. */
final class OwnStatements implements StatementExercise {

    @Override
    public void run(Stage stage, int round) {
        PracticeDatabase app = stage.open(DatabaseRole.APP);
        app.ping();
        app.schemaVersion();
        new Partitions(stage.open(DatabaseRole.OWNER)).keepAhead();
    }
}
