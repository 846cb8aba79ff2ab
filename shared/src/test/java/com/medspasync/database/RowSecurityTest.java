package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the application's role sees and may do by itself, without the care that {@link PracticeDatabase} takes. */
class RowSecurityTest {

    private static final List<String> READABLE = List.of(
            "practices",
            "practice_keys",
            "client_keys",
            "users",
            "one_time_tokens",
            "clients",
            "services",
            "staff",
            "appointments",
            "staff_bookings",
            "daily_totals",
            "audit_logs",
            "audit_subjects",
            "reconciliation_jobs",
            "data_retention_policies",
            "idempotency_keys",
            "cache_entries",
            "disclosures",
            "practice_appointment_summary");

    private static EmbeddedDatabase database;
    private static PracticeExample glow;
    private static PracticeExample radiance;

    @BeforeAll
    static void open() throws SQLException {
        database = EmbeddedDatabase.migrated();
        glow = complete(PracticeExample.in(database));
        radiance = complete(PracticeExample.in(database));
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            owner.update("refresh materialized view appointment_summary");
        }
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** Adds a row to each table that has none yet. */
    private static PracticeExample complete(PracticeExample example) throws SQLException {
        UUID appointment = UUID.randomUUID();
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            example.insertAppointment(owner, appointment, "2026-06-01T10:00:00Z");
            example.insertBooking(owner, appointment, "2026-06-01T10:00:00Z", "2026-06-01T11:00:00Z", true);
            for (String sql : List.of(
                    "insert into client_keys values (?, gen_random_uuid(), 1, 1, '\\x01')",
                    """
                    insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
                    select practice_id, id, id, 'INVITATION', sha256(uuid_send(id)), now() from users where practice_id = ?""",
                    """
                    insert into reconciliation_jobs (practice_id, id, user_id, algorithm, input_data)
                    select practice_id, id, id, 'HYBRID', '\\x01' from users where practice_id = ?""",
                    """
                    insert into data_retention_policies (practice_id, id, table_name, retention_period)
                    values (?, gen_random_uuid(), 'clients', 3653)""",
                    "insert into idempotency_keys values (?, gen_random_uuid(), 'k', gen_random_uuid(), '\\x01', now(), now())",
                    "insert into cache_entries values (?, 'k', '\\x01', now(), now())",
                    "insert into audit_subjects values (?, gen_random_uuid(), now(), gen_random_uuid())",
                    "insert into daily_totals values (?, '2026-06-01', 2, 1, 1, 200, 100)")) {
                owner.update(sql, example.practice());
            }
        }
        return example;
    }

    @Test
    void everyTable_withoutAPractice_showsNothing() throws SQLException {
        try (Session app = Session.as(database, EmbeddedDatabase.APP)) {
            for (String table : READABLE) {
                assertThat(app.text("select count(*) from " + table)).as(table).isEqualTo("0");
            }
            app.set("app.current_practice_id", "");
            for (String table : READABLE) {
                assertThat(app.text("select count(*) from " + table)).as(table).isEqualTo("0");
            }
        }
    }

    @Test
    void everyTable_withAPractice_showsItsRowsAndNoOthers() throws SQLException {
        try (Session app = Session.of(database, glow.practice())) {
            for (String table : READABLE) {
                assertThat(app.texts("select distinct practice_id from " + table))
                        .as(table)
                        .containsExactly(glow.practice().toString());
            }
        }
    }

    @Test
    void insert_withoutAPractice_isRefused() throws SQLException {
        try (Session app = Session.as(database, EmbeddedDatabase.APP)) {
            refused("42501", () -> glow.insertClient(app, UUID.randomUUID()));
            refused("42501", () -> app.update("insert into practices (id, name) values (gen_random_uuid(), 'New')"));
        }
    }

    @Test
    void insert_forAnotherPractice_isRefused() throws SQLException {
        try (Session app = Session.of(database, glow.practice())) {
            refused("42501", () -> radiance.insertClient(app, UUID.randomUUID()));
            refused("42501", () -> app.update("insert into practices (id, name) values (gen_random_uuid(), 'New')"));
        }
    }

    @Test
    void update_ofAnotherPracticesRow_changesNothing() throws SQLException {
        try (Session app = Session.of(database, glow.practice())) {
            assertThat(app.update("update clients set status = 'VIP' where id = ?", radiance.client()))
                    .isZero();
        }
    }

    @Test
    void update_movingARowToAnotherPractice_isRefused() throws SQLException {
        try (Session app = Session.of(database, glow.practice())) {
            refused(
                    "42501",
                    () -> app.update(
                            "update clients set practice_id = ? where id = ?", radiance.practice(), glow.client()));
        }
    }

    @Test
    void partitionsAndTheMaterializedView_areClosedToTheApp() throws SQLException {
        try (Session app = Session.of(database, glow.practice())) {
            refused("42501", () -> app.text("select count(*) from appointments_2026"));
            refused("42501", () -> app.text("select count(*) from appointment_summary"));
        }
    }

    @Test
    void partition_grantedByMistake_stillShowsNothing() throws SQLException {
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER);
                Session app = Session.of(database, glow.practice())) {
            owner.update("grant select on appointments_2026 to medspasync_app");
            try {
                assertThat(app.text("select count(*) from appointments_2026")).isEqualTo("0");
            } finally {
                owner.update("revoke select on appointments_2026 from medspasync_app");
            }
        }
    }

    @Test
    void reference_toAnotherPracticesRecord_isImpossible() throws SQLException {
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            PracticeExample mixed =
                    new PracticeExample(glow.practice(), glow.user(), radiance.client(), glow.service(), glow.staff());
            refused("23503", () -> mixed.insertAppointment(owner, UUID.randomUUID(), "2026-06-02T10:00:00Z"));
            refused("23503", () -> owner.update("""
                            insert into staff (practice_id, id, user_id, first_name, last_name, role)
                            values (?, gen_random_uuid(), ?, 'A', 'B', 'STAFF')""", glow.practice(), radiance.user()));
        }
    }

    @Test
    void loginLookup_findsAUserOfAnyPractice_byTheNormalisedAddress() throws SQLException {
        try (Session app = Session.as(database, EmbeddedDatabase.APP)) {
            assertThat(app.rows("select * from login_lookup(?)", glow.user() + "@glow.example"))
                    .containsExactly(List.of(
                            glow.practice().toString(),
                            glow.user().toString(),
                            "secret hash",
                            "STAFF",
                            "t",
                            "0",
                            "null",
                            "Glow",
                            "f",
                            "f",
                            "00:15:00",
                            "12:00:00"));
            assertThat(app.rows("select * from login_lookup(?)", glow.user() + "@Glow.example"))
                    .isEmpty();
        }
    }

    @Test
    void loginLookup_ofADeletedUserOrPractice_letsNobodyIn() throws SQLException {
        PracticeExample closing = PracticeExample.in(database);
        String email = closing.user() + "@glow.example";
        try (Session app = Session.of(database, closing.practice())) {
            app.update("update practices set deleted_at = now() where id = ?", closing.practice());
            assertThat(app.text("select active from login_lookup(?)", email)).isEqualTo("f");
            app.update("update users set deleted_at = now() where id = ?", closing.user());
            assertThat(app.rows("select * from login_lookup(?)", email)).isEmpty();
        }
    }

    @Test
    void emailAddress_inUseInAnyPractice_isRefusedForAnother() throws SQLException {
        try (Session app = Session.of(database, radiance.practice())) {
            refused(
                    "23505",
                    () -> app.update(
                            "insert into users (practice_id, id, email, email_search) values (?, gen_random_uuid(), 'x', ?)",
                            radiance.practice(),
                            glow.user() + "@glow.example"));
        }
    }

    private interface Statement {
        void run() throws SQLException;
    }

    private static void refused(String sqlState, Statement statement) {
        assertThatThrownBy(statement::run)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
    }
}
