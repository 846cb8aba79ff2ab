package com.medspasync.maskedcopy;

import java.util.List;
import java.util.Locale;

/**
 * The tables that a copy has, and what becomes of each of their columns: the only place where that is decided.
 *
 * <p>In the order in which they are read: what refers comes before what it refers to. So all that a row refers to is there when its own table is
 * read, however many are written meanwhile, and every reference in the copy leads somewhere.
 */
enum CopiedTable {
    APPOINTMENTS(
            Entity.APPOINTMENT,
            "client_id",
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("id", new Treatment.Pseudonym(Entity.APPOINTMENT)),
            column("client_id", new Treatment.Pseudonym(Entity.CLIENT)),
            column("service_id", new Treatment.Pseudonym(Entity.SERVICE)),
            column("staff_id", new Treatment.Pseudonym(Entity.STAFF)),
            column("date_time", new Treatment.Shifted()),
            column("duration", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("status", new Treatment.Kept(Treatment.Type.CHOICE)),
            column("notes", new Treatment.MadeUpLines(true, 8_000)),
            column("price", new Treatment.Kept(Treatment.Type.AMOUNT)),
            column("payment_status", new Treatment.Kept(Treatment.Type.CHOICE)),
            column("reminder_sent", new Treatment.Kept(Treatment.Type.BOOLEAN)),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted()),
            column("buffer_before", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("buffer_after", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("cancellation_reason", new Treatment.Kept(Treatment.Type.CHOICE)),
            column("late_cancellation", new Treatment.Kept(Treatment.Type.BOOLEAN)),
            column("cancelled_at", new Treatment.Shifted())),

    STAFF(
            Entity.STAFF,
            "practice_id",
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("id", new Treatment.Pseudonym(Entity.STAFF)),
            column("user_id", new Treatment.Pseudonym(Entity.USER)),
            column("first_name", new Treatment.MadeUp(Treatment.Invention.FIRST_NAME)),
            column("last_name", new Treatment.MadeUp(Treatment.Invention.LAST_NAME)),
            column("role", new Treatment.Kept(Treatment.Type.CHOICE)),
            column("specializations", new Treatment.MadeUpList()),
            column("phone", new Treatment.MadeUp(Treatment.Invention.PHONE)),
            column("email", new Treatment.MadeUp(Treatment.Invention.USER_EMAIL)),
            column("working_hours", new Treatment.Parts(KeptJson.HOURS)),
            column("hourly_rate", new Treatment.Kept(Treatment.Type.AMOUNT)),
            column("active", new Treatment.Kept(Treatment.Type.BOOLEAN)),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted())),

    SERVICES(
            Entity.SERVICE,
            "practice_id",
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("id", new Treatment.Pseudonym(Entity.SERVICE)),
            column("name", new Treatment.MadeUp(Treatment.Invention.SERVICE_NAME)),
            column("category", new Treatment.MadeUpWord()),
            column("description", new Treatment.MadeUpLines(false, 8_000)),
            column("duration", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("buffer_before", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("buffer_after", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("price", new Treatment.Kept(Treatment.Type.AMOUNT)),
            column("active", new Treatment.Kept(Treatment.Type.BOOLEAN)),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted())),

    CLIENTS(
            Entity.CLIENT,
            "id",
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("id", new Treatment.Pseudonym(Entity.CLIENT)),
            column("first_name", new Treatment.MadeUp(Treatment.Invention.FIRST_NAME)),
            column("last_name", new Treatment.MadeUp(Treatment.Invention.LAST_NAME)),
            column("email", new Treatment.MadeUp(Treatment.Invention.CLIENT_EMAIL)),
            column("phone", new Treatment.MadeUp(Treatment.Invention.PHONE)),
            column("date_of_birth", new Treatment.ShiftedBirth()),
            column("ssn", new Treatment.MadeUp(Treatment.Invention.SSN)),
            column("address", new Treatment.MadeUp(Treatment.Invention.ADDRESS)),
            column("emergency_contact", new Treatment.MadeUp(Treatment.Invention.EMERGENCY_CONTACT)),
            column("medical_history", new Treatment.MadeUpLines(true, 32_000)),
            column("notes", new Treatment.MadeUpLines(true, 8_000)),
            column("status", new Treatment.Kept(Treatment.Type.CHOICE)),
            column("first_name_search", new Treatment.Dropped()),
            column("last_name_search", new Treatment.Dropped()),
            column("email_search", new Treatment.Dropped()),
            column("first_name_phonetic", new Treatment.Dropped()),
            column("last_name_phonetic", new Treatment.Dropped()),
            column("ssn_index_odd", new Treatment.Dropped()),
            column("ssn_index_even", new Treatment.Dropped()),
            column("dob_name_index_odd", new Treatment.Dropped()),
            column("dob_name_index_even", new Treatment.Dropped()),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted())),

    USERS(
            Entity.USER,
            "practice_id",
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("id", new Treatment.Pseudonym(Entity.USER)),
            column("email", new Treatment.MadeUp(Treatment.Invention.USER_EMAIL)),
            column("email_search", new Treatment.Dropped()),
            column("password", new Treatment.Dropped()),
            column("role", new Treatment.Kept(Treatment.Type.CHOICE)),
            // Without its secret a second factor would only keep the user out.
            column("mfa_enabled", new Treatment.Dropped()),
            column("mfa_secret", new Treatment.Dropped()),
            column("mfa_last_step", new Treatment.Dropped()),
            column("noticed_at", new Treatment.Dropped()),
            column("last_login", new Treatment.Shifted()),
            column("login_attempts", new Treatment.Dropped()),
            column("locked_until", new Treatment.Dropped()),
            column("active", new Treatment.Kept(Treatment.Type.BOOLEAN)),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted())),

    PRACTICES(
            Entity.PRACTICE,
            "practice_id",
            column("id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("practice_id", new Treatment.Pseudonym(Entity.PRACTICE)),
            column("name", new Treatment.MadeUp(Treatment.Invention.PRACTICE_NAME)),
            column("address", new Treatment.MadeUp(Treatment.Invention.ADDRESS_LINE)),
            column("phone", new Treatment.MadeUp(Treatment.Invention.PHONE)),
            column("email", new Treatment.MadeUp(Treatment.Invention.PRACTICE_EMAIL)),
            column("tax_id", new Treatment.MadeUp(Treatment.Invention.TAX_ID)),
            column("license_number", new Treatment.MadeUp(Treatment.Invention.LICENSE)),
            column("time_zone", new Treatment.TimeZone()),
            column("opening_hours", new Treatment.Parts(KeptJson.HOURS)),
            column("settings", new Treatment.Parts(KeptJson.SETTINGS)),
            column("second_factor_for", new Treatment.Dropped()),
            column("session_idle_minutes", new Treatment.Dropped()),
            column("session_hours", new Treatment.Dropped()),
            column("slot_minutes", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("late_cancellation_hours", new Treatment.Kept(Treatment.Type.INTEGER)),
            // A copy reminds nobody.
            column("reminder_hours", new Treatment.Dropped()),
            column("version", new Treatment.Kept(Treatment.Type.INTEGER)),
            column("created_at", new Treatment.Shifted()),
            column("updated_at", new Treatment.Shifted()),
            column("deleted_at", new Treatment.Shifted()));

    /**
     * A column and what becomes of it.
     *
     * @param name of the column, and of the field in the copy
     */
    record Column(String name, Treatment treatment) {}

    /** In the order in which they are read. */
    static final List<CopiedTable> ALL = List.of(values());

    private final Entity entity;
    private final String shiftedBy;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<Column> columns;

    CopiedTable(Entity entity, String shiftedBy, Column... columns) {
        this.entity = entity;
        this.shiftedBy = shiftedBy;
        this.columns = List.of(columns);
    }

    private static Column column(String name, Treatment treatment) {
        return new Column(name, treatment);
    }

    /** The table's name in the database, and the file's before its extension. */
    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the table's file. */
    String file() {
        return table() + ".ndjson";
    }

    /** What a row is. */
    Entity entity() {
        return entity;
    }

    /** The column whose id says by how much a row is moved: that of the client, or else of the practice. */
    String shiftedBy() {
        return shiftedBy;
    }

    /** All columns, in the order of the database. */
    List<Column> columns() {
        return columns;
    }
}
