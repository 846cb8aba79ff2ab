package com.medspasync.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A connection as psql has one: whatever is set stays set. For looking at the schema from below {@link PracticeDatabase}. */
final class Session implements AutoCloseable {

    private final Connection connection;

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** As {@code role}, with no practice set. */
    static Session as(EmbeddedDatabase database, String role) {
        return new Session(database.connect(role));
    }

    /** As the application, at work for {@code practice}. */
    static Session of(EmbeddedDatabase database, UUID practice) throws SQLException {
        Session session = as(database, EmbeddedDatabase.APP);
        session.set("app.current_practice_id", practice.toString());
        return session;
    }

    /** Sets a setting for as long as the session lasts. */
    void set(String setting, String value) throws SQLException {
        text("select set_config(?, ?, false)", setting, value);
    }

    /** Runs a statement; the number of rows it changed. */
    int update(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** The first column of the first row, as PostgreSQL prints it. */
    String text(String sql, Object... arguments) throws SQLException {
        return texts(sql, arguments).getFirst();
    }

    /** The first column of each row. */
    List<String> texts(String sql, Object... arguments) throws SQLException {
        return rows(sql, arguments).stream().map(List::getFirst).toList();
    }

    /** All rows, as PostgreSQL prints them; null is the word. */
    List<List<String>> rows(String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(sql, arguments);
                ResultSet result = statement.executeQuery()) {
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(List.copyOf(row));
            }
            return rows;
        }
    }

    Connection connection() {
        return connection;
    }

    private PreparedStatement prepare(String sql, Object... arguments) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
