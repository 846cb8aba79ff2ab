package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tables' own triggers write into the audit, whoever changes a row. */
class AuditTriggerTest {

    private static final UUID USER = UUID.randomUUID();
    private static final UUID REQUEST = UUID.randomUUID();
    private static final String UNDEFINED_PRIVILEGE = "42501";

    private static EmbeddedDatabase database;

    private PracticeExample glow;
    private Session app;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.migrated();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        glow = PracticeExample.in(database);
        app = Session.of(database, glow.practice());
        app.set("app.current_user_id", USER.toString());
        app.set("app.client_address", "203.0.113.9");
        app.set("app.user_agent", "curl/8");
        app.set("app.request_id", REQUEST.toString());
    }

    @AfterEach
    void disconnect() throws SQLException {
        app.close();
    }

    @Test
    void insert_ofAClient_isAuditedWithWhatItHolds() throws SQLException {
        UUID client = UUID.randomUUID();
        glow.insertClient(app, client);

        assertThat(audit("clients", client)).containsExactly(List.of("CREATE", "null", """
                        {"ssn": "\\\\x0102", "email": "%s@example.com", "status": "ACTIVE", "last_name": "Lee", "first_name": "Ann"}""".formatted(client)));
    }

    @Test
    void change_namesUserAddressAgentAndRequest() throws SQLException {
        app.update("update clients set last_name = 'Li' where id = ?", glow.client());

        assertThat(app.rows(
                        "select user_id, ip_address, user_agent, request_id, epoch from audit_logs where record_id = ? and action = 'UPDATE'",
                        glow.client()))
                .containsExactly(List.of(USER.toString(), "203.0.113.9", "curl/8", REQUEST.toString(), "1"));
    }

    @Test
    void change_outsideARequest_namesNobody() throws SQLException {
        app.set("app.current_user_id", "");
        app.set("app.client_address", "");
        app.set("app.user_agent", "");
        app.set("app.request_id", "");
        app.update("update clients set last_name = 'Li' where id = ?", glow.client());

        assertThat(app.rows(
                        "select user_id, ip_address, user_agent, request_id from audit_logs where record_id = ? and action = 'UPDATE'",
                        glow.client()))
                .containsExactly(List.of("null", "null", "null", "null"));
    }

    @Test
    void update_isAuditedWithTheColumnsThatChanged() throws SQLException {
        app.update("""
                update clients
                set last_name = 'Li', last_name_search = 'li', notes = '\\x2a', ssn = null, version = version + 1, updated_at = now()
                where id = ?""", glow.client());

        assertThat(lastAudit("clients", glow.client())).containsExactly("UPDATE", """
                        {"ssn": "\\\\x0102", "notes": null, "last_name": "Lee"}""", """
                        {"ssn": null, "notes": "\\\\x2a", "last_name": "Li"}""");
    }

    @Test
    void update_ofNothingButDerivedColumns_isNotAudited() throws SQLException {
        app.update(
                "update clients set last_name_search = 'x', ssn_index_odd = '\\x01', version = 9 where id = ?",
                glow.client());

        assertThat(actions("clients", glow.client())).containsExactly("CREATE");
    }

    @Test
    void softDeletionAndRestoration_areAuditedAsSuch() throws SQLException {
        app.update("update clients set deleted_at = '2026-01-02T03:04:05Z' where id = ?", glow.client());
        assertThat(lastAudit("clients", glow.client())).containsExactly("DELETE", """
                        {"deleted_at": null}""", """
                        {"deleted_at": "2026-01-02T03:04:05+00:00"}""");

        app.update("update clients set deleted_at = null, status = 'VIP' where id = ?", glow.client());
        assertThat(lastAudit("clients", glow.client())).containsExactly("RESTORE", """
                        {"status": "ACTIVE", "deleted_at": "2026-01-02T03:04:05+00:00"}""", """
                        {"status": "VIP", "deleted_at": null}""");
    }

    @Test
    void deletion_byTheOwner_isAuditedWithWhatWasThere() throws SQLException {
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            owner.update("delete from services where id = ?", glow.service());
        }

        assertThat(lastAudit("services", glow.service())).containsExactly("DELETE", """
                        {"name": "Facial", "price": 120.50, "active": true, "category": "Skin", "duration": 60, "buffer_after": 0, "buffer_before": 0}""", "null");
    }

    @Test
    void secrets_areTold_butNotShown() throws SQLException {
        app.update(
                "update users set password = 'another hash', mfa_secret = '\\x01', role = 'ADMIN' where id = ?",
                glow.user());

        assertThat(lastAudit("users", glow.user())).containsExactly("UPDATE", """
                        {"role": "STAFF", "password": "[redacted]", "mfa_secret": null}""", """
                        {"role": "ADMIN", "password": "[redacted]", "mfa_secret": "[redacted]"}""");
        assertThat(audit("users", glow.user()).getFirst().get(2)).contains("\"password\": \"[redacted]\"");
    }

    @Test
    void loginCounters_areNotAuditedAsChanges() throws SQLException {
        app.update("update users set login_attempts = 3, last_login = now() where id = ?", glow.user());

        assertThat(actions("users", glow.user())).containsExactly("CREATE");
    }

    @Test
    void statement_ofManyRows_writesARowForEach() throws SQLException {
        for (int i = 0; i < 50; i++) {
            glow.insertClient(app, UUID.randomUUID());
        }
        app.update("update clients set status = 'VIP'");

        assertThat(app.rows("""
                select count(*), count(distinct record_id), min(old_values::text), max(new_values::text)
                from audit_logs where action = 'UPDATE' and table_name = 'clients'"""))
                .containsExactly(List.of("51", "51", "{\"status\": \"ACTIVE\"}", "{\"status\": \"VIP\"}"));
    }

    /** The plan of the trigger's join is kept from the first, small statement: as a nested loop this would take 10^10 steps. */
    @Test
    void statement_ofManyRows_afterSmallOnes_takesTimeInProportion() throws SQLException {
        int rows = 20_000;
        try (Session owner = Session.as(database, EmbeddedDatabase.OWNER)) {
            for (int i = 0; i < 10; i++) {
                owner.update("update services set price = price + 1 where id = ?", glow.service());
            }
            owner.update("""
                    insert into services (practice_id, id, name, category, duration, price)
                    select ?, gen_random_uuid(), 'Peel', 'Skin', 30, 10 from generate_series(1, ?)""", glow.practice(), rows);
            owner.update("set statement_timeout = '60s'");
            assertThat(owner.update("update services set price = price + 1 where practice_id = ?", glow.practice()))
                    .isEqualTo(rows + 1);
        }
    }

    @Test
    void appointment_thatMovesBetweenYears_isOneUpdate() throws SQLException {
        UUID appointment = UUID.randomUUID();
        glow.insertAppointment(app, appointment, "2026-12-31T10:00:00Z");
        app.update("update appointments set date_time = '2027-01-04T10:00:00Z' where id = ?", appointment);

        assertThat(actions("appointments", appointment)).containsExactly("CREATE", "UPDATE");
        assertThat(lastAudit("appointments", appointment)).containsExactly("UPDATE", """
                        {"date_time": "2026-12-31T10:00:00+00:00"}""", """
                        {"date_time": "2027-01-04T10:00:00+00:00"}""");
    }

    @Test
    void digest_coversTheValuesUnderASaltOfItsOwn() throws SQLException {
        app.update("update clients set status = 'VIP' where id = ?", glow.client());
        app.update("update clients set status = 'ACTIVE' where id = ?", glow.client());
        app.update("update clients set status = 'VIP' where id = ?", glow.client());

        assertThat(app.rows("""
                select count(*), count(distinct salt), count(distinct digest), min(length(salt)), min(length(digest)),
                  bool_and(digest = audit_digest(salt, old_values, new_values)),
                  bool_and(digest <> audit_digest(salt, new_values, old_values))
                from audit_logs where record_id = ?""", glow.client())).containsExactly(List.of("4", "4", "4", "16", "32", "t", "t"));
    }

    @Test
    void read_hasNoValuesAndNoDigest() throws SQLException {
        app.update(
                "insert into audit_logs (practice_id, action, table_name, record_id) values (?, 'READ', 'clients', ?)",
                glow.practice(),
                glow.client());

        assertThat(app.rows("""
                select salt, digest, timestamp between now() - interval '1 minute' and now(), xid < pg_snapshot_xmax(pg_current_snapshot())
                from audit_logs where action = 'READ' and record_id = ?""", glow.client())).containsExactly(List.of("null", "null", "t", "t"));
    }

    @Test
    void app_changingOrRemovingTheAudit_isRefused() {
        refused("update audit_logs set action = 'READ'");
        refused("delete from audit_logs");
        refused("truncate audit_logs");
        refused("update audit_subjects set record_id = audit_id");
        refused("delete from audit_subjects");
    }

    @Test
    void app_forgingWhatIdentifiesARow_isRefused() {
        for (String column : List.of(
                "id",
                "timestamp",
                "xid",
                "epoch",
                "old_values",
                "new_values",
                "salt",
                "digest",
                "erased_at",
                "erased_by")) {
            refused(
                    "insert into audit_logs (practice_id, action, table_name, %s) values ('%s', 'READ', 'clients', null)"
                            .formatted(column, glow.practice()));
        }
        refused("insert into audit_subjects (practice_id, record_id, audit_id, at) values ('%s', '%s', '%s', now())"
                .formatted(glow.practice(), glow.client(), glow.user()));
    }

    @Test
    void app_writingTheAuditOfAnotherPractice_isRefused() {
        refused("insert into audit_logs (practice_id, action, table_name) values ('%s', 'READ', 'clients')"
                .formatted(UUID.randomUUID()));
    }

    @Test
    void readOfMany_isFoundByEachOfItsRecords() throws SQLException {
        UUID second = UUID.randomUUID();
        glow.insertClient(app, second);
        app.rows("""
                with read as (
                  insert into audit_logs (practice_id, action, table_name, ip_address) values (?, 'SEARCH', 'clients', '203.0.113.9')
                  returning practice_id, id),
                subjects as (
                  insert into audit_subjects (practice_id, record_id, audit_id)
                  select practice_id, record, id from read cross join unnest(?::text::uuid[]) record)
                select 1""", glow.practice(), "{%s,%s}".formatted(glow.client(), second));

        for (UUID client : List.of(glow.client(), second)) {
            assertThat(app.rows(
                            "select action, ip_address from disclosures where record_id = ? and action <> 'CREATE'",
                            client))
                    .containsExactly(List.of("SEARCH", "203.0.113.9"));
        }
    }

    @Test
    void everyRecord_isAudited_inEveryColumnButTheKnownOnes() throws SQLException {
        try (Session catalogue = Session.as(database, EmbeddedDatabase.SUPERUSER)) {
            assertThat(catalogue.texts("""
                    select tgrelid::regclass::text || ' ' || count(*)
                    from pg_trigger t
                    where tgname in ('audit_insert', 'audit_update', 'audit_delete') and not tgisinternal and tgenabled = 'O'
                    group by tgrelid"""))
                    .containsExactlyInAnyOrder(
                            "practices 3",
                            "users 3",
                            "one_time_tokens 3",
                            "clients 3",
                            "services 3",
                            "staff 3",
                            "appointments 3",
                            "reconciliation_jobs 3",
                            "data_retention_policies 3",
                            "key_rotations 3",
                            "key_shreddings 3",
                            "masked_copies 3",
                            "emergency_accesses 3",
                            "schedule_exceptions 3",
                            "message_channels 3");
            // A migration that adds a column calls audit_changes again, or the column turns up here.
            assertThat(Set.copyOf(catalogue.texts("""
                    select distinct a.attname
                    from pg_trigger t
                    join pg_proc p on p.oid = t.tgfoid
                    join pg_attribute a on a.attrelid = t.tgrelid and a.attnum > 0 and not a.attisdropped
                    where t.tgname = 'audit_update' and position(format('jsonb_build_object(%L', a.attname) in p.prosrc) = 0""")))
                    .isEqualTo(Set.of(
                            "practice_id",
                            "id",
                            "version",
                            "created_at",
                            "updated_at",
                            "first_name_search",
                            "last_name_search",
                            "email_search",
                            "first_name_phonetic",
                            "last_name_phonetic",
                            "ssn_index_odd",
                            "ssn_index_even",
                            "dob_name_index_odd",
                            "dob_name_index_even",
                            "last_login",
                            "login_attempts",
                            "mfa_last_step",
                            "noticed_at",
                            "opened_at",
                            "opened_xid",
                            "done",
                            "total",
                            "checkpoint",
                            "secret_root_version",
                            "fence",
                            "held_until",
                            "completed_at"));
        }
    }

    private List<List<String>> audit(String table, UUID record) throws SQLException {
        return app.rows(
                "select action, old_values, new_values from audit_logs where table_name = ? and record_id = ? order by xid",
                table,
                record);
    }

    private List<String> lastAudit(String table, UUID record) throws SQLException {
        return audit(table, record).getLast();
    }

    private List<String> actions(String table, UUID record) throws SQLException {
        return audit(table, record).stream().map(List::getFirst).toList();
    }

    private void refused(String sql) {
        assertThatThrownBy(() -> app.update(sql))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(UNDEFINED_PRIVILEGE));
    }
}
