package com.medspasync.functions.local.stack;

import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.EmbeddedServer;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL server with the platform's database in it, which the migration still has to fill. */
public final class Postgres implements Store {

    private static final String DATABASE = "medspasync";

    /** The embedded server believes whoever connects; an empty password would mean a managed identity. */
    private static final String ANY_PASSWORD = "local";

    private final EmbeddedServer server;
    private final EmbeddedDatabase database;

    private Postgres(EmbeddedServer server, EmbeddedDatabase database) {
        this.server = server;
        this.database = database;
    }

    /** Starts it on what {@code directory} holds. */
    public static Postgres start(Path directory) {
        EmbeddedServer server = EmbeddedServer.start(directory.resolve("data"), 0, EmbeddedServer.Durability.DURABLE);
        try {
            return new Postgres(server, EmbeddedDatabase.lasting(server, DATABASE));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** For the migration: the superuser, who may act as the owner. */
    public static DatabaseSettings administrator(String url) {
        return DatabaseSettings.of(url, EmbeddedDatabase.SUPERUSER, () -> ANY_PASSWORD);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of(
                "DATABASE_URL",
                database.url(),
                "DATABASE_USER",
                EmbeddedDatabase.APP,
                "DATABASE_PASSWORD",
                ANY_PASSWORD,
                "MAINTENANCE_DATABASE_USER",
                EmbeddedDatabase.MAINTENANCE,
                "MAINTENANCE_DATABASE_PASSWORD",
                ANY_PASSWORD);
    }

    @Override
    public void close() {
        database.close();
        server.close();
    }
}
