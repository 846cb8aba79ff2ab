package com.medspasync.database;

import java.sql.SQLException;
import java.util.UUID;

/** A practice with one of everything, written past the application, to stand tests on. */
record PracticeExample(UUID practice, UUID user, UUID client, UUID service, UUID staff) {

    /** Writes the rows of a new practice. */
    static PracticeExample in(EmbeddedDatabase database) throws SQLException {
        PracticeExample example = new PracticeExample(
                UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            example.write(owner);
        }
        return example;
    }

    private void write(Session owner) throws SQLException {
        owner.update("insert into practices (id, name) values (?, 'Glow')", practice);
        owner.update(
                "insert into practice_keys (practice_id, version, root_version, wrapped) values (?, 1, 1, '\\x01')",
                practice);
        owner.update(
                "insert into users (practice_id, id, email, email_search, password) values (?, ?, ?, ?, 'secret hash')",
                practice,
                user,
                user + "@Glow.example",
                user + "@glow.example");
        insertClient(owner, client);
        owner.update("""
                insert into services (practice_id, id, name, category, duration, price)
                values (?, ?, 'Facial', 'Skin', 60, 120.50)""", practice, service);
        owner.update("""
                insert into staff (practice_id, id, user_id, first_name, last_name, role)
                values (?, ?, ?, 'Ada', 'Byron', 'PRACTITIONER')""", practice, staff, user);
    }

    /** Writes a client of this practice through any session that may. */
    void insertClient(Session session, UUID id) throws SQLException {
        session.update("""
                insert into clients
                  (practice_id, id, first_name, last_name, email, ssn, first_name_search, last_name_search, email_search)
                values (?, ?, 'Ann', 'Lee', ?, '\\x0102', 'ann', 'lee', ?)""", practice, id, id + "@example.com", id + "@example.com");
    }

    /** Writes an appointment of one hour. */
    void insertAppointment(Session session, UUID id, String dateTime) throws SQLException {
        session.update("""
                insert into appointments (practice_id, id, client_id, service_id, staff_id, date_time, duration, price)
                values (?, ?, ?, ?, ?, ?::timestamptz, 60, 99.90)""", practice, id, client, service, staff, dateTime);
    }

    /** Takes the staff member's time for an appointment, from {@code start} to {@code end}. */
    void insertBooking(Session session, UUID appointment, String start, String end, boolean blocking)
            throws SQLException {
        session.update("""
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
                values (?, ?, ?, ?::timestamptz, tstzrange(?::timestamptz, ?::timestamptz), ?)""", practice, appointment, staff, start, start, end, blocking);
    }
}
