package com.medspasync.reporting;

import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A practice with clients, a service, staff and a session that may change its appointments as the application does.
 *
 * @param staff two of them
 */
record Spa(EmbeddedDatabase database, PracticeId id, UUID client, UUID service, List<UUID> staff) {

    static Spa in(EmbeddedDatabase database, String timeZone) {
        Spa spa = new Spa(
                database,
                new PracticeId(UUID.randomUUID()),
                UUID.randomUUID(),
                UUID.randomUUID(),
                List.of(UUID.randomUUID(), UUID.randomUUID()));
        spa.write(timeZone);
        return spa;
    }

    private void write(String timeZone) {
        String practice = id.toString();
        database.execute(
                "insert into practices (id, name, time_zone) values ('%s', 'Glow', '%s')".formatted(practice, timeZone),
                """
                insert into clients (practice_id, id, first_name, last_name, email, first_name_search, last_name_search, email_search)
                values ('%s', '%s', 'Ann', 'Lee', 'a@example.com', 'ann', 'lee', 'a@example.com')""".formatted(practice, client),
                """
                insert into services (practice_id, id, name, category, duration, price)
                values ('%s', '%s', 'Facial', 'Skin', 60, 120.50)""".formatted(practice, service));
        for (UUID one : staff) {
            database.execute("""
                    insert into users (practice_id, id, email, email_search)
                    values ('%1$s', '%2$s', '%2$s@example.com', '%2$s@example.com')""".formatted(practice, one), """
                    insert into staff (practice_id, id, user_id, first_name, last_name, role)
                    values ('%1$s', '%2$s', '%2$s', 'Ada', 'Byron', 'PRACTITIONER')""".formatted(practice, one));
        }
    }

    /** The platform at work for this practice. */
    Caller caller() {
        return Caller.platform(id, new Origin(null, null, UUID.randomUUID()));
    }

    /** A connection of the application's, at work for this practice; the caller closes it. */
    Connection connect() throws SQLException {
        Connection connection = database.connect(EmbeddedDatabase.APP);
        rows(connection, "select set_config('app.current_practice_id', ?::text, false)", id.toString());
        return connection;
    }

    /** Books an appointment of an hour; its id. */
    UUID book(Connection connection, String dateTime, String price) throws SQLException {
        UUID appointment = UUID.randomUUID();
        update(connection, """
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
                values (?, ?, ?, ?, ?, ?::timestamptz, 60, ?::numeric)""", id.value(), appointment, client, service, staff.getFirst(), dateTime, price);
        return appointment;
    }

    /** Changes an appointment. */
    int change(Connection connection, UUID appointment, String assignments) throws SQLException {
        return update(connection, "update appointments set " + assignments + " where id = ?", appointment);
    }

    static int update(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments)) {
            return statement.executeUpdate();
        }
    }

    /** All rows, as PostgreSQL prints them, with blanks between. */
    static List<String> rows(Connection connection, String sql, Object... arguments) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, arguments);
                ResultSet result = statement.executeQuery()) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
