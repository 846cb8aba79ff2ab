package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field of the nine models has its column, in the type that fits it. */
class ModelsTest {

    private static EmbeddedDatabase database;
    private static Session catalogue;

    @BeforeAll
    static void open() {
        database = EmbeddedDatabase.migrated();
        catalogue = Session.as(database, EmbeddedDatabase.SUPERUSER);
    }

    @AfterAll
    static void close() throws SQLException {
        catalogue.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        practices | id uuid, name text, address text, phone text, email text, tax_id bytea, license_number bytea, time_zone text
        users | email text, password text, role text, mfa_enabled bool, mfa_secret bytea, last_login timestamptz, login_attempts int4, locked_until timestamptz
        clients | first_name text, last_name text, email text, phone text, date_of_birth bytea, ssn bytea, address bytea, emergency_contact bytea, medical_history bytea, status text, notes bytea
        services | name text, category text, description text, duration int4, price numeric, active bool
        staff | user_id uuid, first_name text, last_name text, role text, specializations _text, phone text, email text, working_hours jsonb, hourly_rate numeric, active bool
        appointments | client_id uuid, service_id uuid, staff_id uuid, date_time timestamptz, duration int4, status text, notes bytea, price numeric, payment_status text, reminder_sent bool
        audit_logs | id uuid, user_id uuid, action text, table_name text, record_id uuid, old_values jsonb, new_values jsonb, ip_address text, user_agent text, timestamp timestamptz
        reconciliation_jobs | user_id uuid, status text, algorithm text, confidence numeric, input_data bytea, results bytea, error text, processing_time int4
        data_retention_policies | table_name text, retention_period int4, archive_after int4, delete_after int4, active bool
        """)
    void model_hasItsColumns(String table, String columns) throws SQLException {
        assertThat(columnsOf(table)).containsAll(Arrays.asList(columns.split(", ")));
    }

    @ParameterizedTest
    @CsvSource({
        "practices",
        "users",
        "clients",
        "services",
        "staff",
        "appointments",
        "reconciliation_jobs",
        "data_retention_policies"
    })
    void record_isVersionedAndDeletedSoftly(String table) throws SQLException {
        assertThat(columnsOf(table))
                .contains(
                        "practice_id uuid",
                        "id uuid",
                        "version int4",
                        "created_at timestamptz",
                        "updated_at timestamptz",
                        "deleted_at timestamptz");
    }

    private static List<String> columnsOf(String table) throws SQLException {
        return catalogue.texts("""
                select a.attname || ' ' || t.typname
                from pg_attribute a join pg_type t on t.oid = a.atttypid
                where a.attrelid = ?::regclass and a.attnum > 0 and not a.attisdropped""", table);
    }
}
