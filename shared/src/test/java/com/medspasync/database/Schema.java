package com.medspasync.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What an embedded server needs before the application can use it: roles, databases and the migrations. */
final class Schema {

    private Schema() {}

    /** Copies {@code template} into a new database, if there is none of that name. */
    static synchronized void createDatabase(EmbeddedServer server, String name, String template) {
        try (Connection connection = superuser(server)) {
            if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                execute(connection, "create database " + name + " template " + template);
                admitRoles(server, name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " could not be created", e);
        }
    }

    /** Says who may connect: that belongs to the database itself, and is not copied with its template. */
    private static void admitRoles(EmbeddedServer server, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.url(name), EmbeddedDatabase.SUPERUSER, "")) {
            new Roles(connection, Map.of()).ensure();
        }
    }

    /** Makes the roles and applies the migrations on the class path, as the platform's own migrator does. */
    static void migrate(EmbeddedDatabase database) {
        new Migrator(database.settings(EmbeddedDatabase.SUPERUSER), Map.of(), List.of(), step -> {}).run();
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection superuser(EmbeddedServer server) throws SQLException {
        return DriverManager.getConnection(server.url("postgres"), EmbeddedDatabase.SUPERUSER, "");
    }
}
