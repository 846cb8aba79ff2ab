package com.medspasync.database;

import java.util.function.Consumer;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Tells each migration before it is applied. */
final class MigrationProgress implements Callback {

    private final Consumer<String> progress;

    MigrationProgress(Consumer<String> progress) {
        this.progress = progress;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override
    public boolean canHandleInTransaction(Event event, Context context) {
        return true;
    }

    @Override
    public void handle(Event event, Context context) {
        MigrationInfo migration = context.getMigrationInfo();
        progress.accept("migration " + migration.getVersion() + ": " + migration.getDescription());
    }

    @Override
    public String getCallbackName() {
        return "progress";
    }
}
