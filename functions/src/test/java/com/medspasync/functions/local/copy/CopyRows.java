package com.medspasync.functions.local.copy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores the rows of a copy that no feature of the platform stores yet. What is there stays as it is. */
final class CopyRows {

    private static final Sql CLIENTS_THERE =
            Sql.of("select id from clients where practice_id = :practice::uuid and id = any (:ids::uuid[])");

    /** Of a client that nobody has changed since it was loaded, what the platform itself decides: how often and when it was changed. */
    private static final Sql AGE_CLIENTS = Sql.of("""
            update clients c
            set version = r.version, updated_at = r.updated_at, deleted_at = r.deleted_at
            from jsonb_populate_recordset(null::clients, :rows::jsonb) r
            where c.practice_id = :practice::uuid and c.id = r.id and c.version = 1 and c.updated_at = c.created_at and c.deleted_at is null
              and (c.version, c.updated_at, c.deleted_at) is distinct from (r.version, r.updated_at, r.deleted_at)""");

    private static final Sql FINISH_PRACTICE = Sql.of("""
            update practices p
            set opening_hours = r.opening_hours, settings = r.settings, slot_minutes = coalesce(r.slot_minutes, p.slot_minutes),
              late_cancellation_hours = coalesce(r.late_cancellation_hours, p.late_cancellation_hours), version = r.version, created_at = r.created_at,
              updated_at = r.updated_at, deleted_at = r.deleted_at
            from jsonb_populate_record(null::practices, :row::jsonb) r
            where p.id = :practice::uuid and p.version = 1 and p.opening_hours is null and p.settings = '{}'
              and p.created_at > r.created_at""");

    private static final Sql USERS = Sql.of("""
            insert into users (practice_id, id, email, email_search, password, role, last_login, active, version, created_at, updated_at, deleted_at)
            select :practice::uuid, id, email, lower(email), :password, role, last_login, active, version, created_at, updated_at, deleted_at
            from jsonb_populate_recordset(null::users, :rows::jsonb)
            on conflict do nothing""");

    private static final Map<String, Sql> PLAIN = Map.of(
            "services.ndjson",
            insert(
                    "services",
                    "id, name, category, description, duration, buffer_before, buffer_after, price, active, version, created_at, updated_at, deleted_at"),
            "staff.ndjson",
            insert(
                    "staff",
                    "id, user_id, first_name, last_name, role, specializations, phone, email, working_hours, hourly_rate, active, version, created_at,"
                            + " updated_at, deleted_at"),
            "appointments.ndjson",
            Sql.of("""
                    insert into appointments (
                      practice_id, id, client_id, service_id, staff_id, date_time, duration, buffer_before, buffer_after, status,
                      cancellation_reason, late_cancellation, cancelled_at, notes, price, payment_status, reminder_sent, version, created_at, updated_at,
                      deleted_at)
                    select
                      :practice::uuid, a.id, a.client_id, a.service_id, a.staff_id, a.date_time, a.duration,
                      coalesce(a.buffer_before, s.buffer_before), coalesce(a.buffer_after, s.buffer_after), a.status, a.cancellation_reason,
                      coalesce(a.late_cancellation, false), a.cancelled_at, a.notes, a.price, a.payment_status, a.reminder_sent, a.version, a.created_at,
                      a.updated_at, a.deleted_at
                    from jsonb_populate_recordset(null::appointments, :rows::jsonb) a
                    join services s on s.practice_id = :practice::uuid and s.id = a.service_id
                    on conflict do nothing"""));

    private static final Sql KEYS = Sql.of("""
            select client_id, string_agg(int4send(version) || wrapped, ''::bytea order by version) as packed
            from client_keys
            where practice_id = :practice::uuid and client_id = any (:ids::uuid[])
            group by client_id""");

    private static final Sql AS_OWNER = Sql.of("select set_config('role', 'medspasync_owner', true) as role");

    private static final Sql YEAR = Sql.of("""
            select add_yearly_partitions('appointments', :first::date, :first::date) as made""");

    /** Shifted dates may make appointments overlap that did not: then the first one takes the time, and the others only have their row. */
    private static final Sql BOOK = Sql.of("""
            insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during, blocking)
            select a.practice_id, a.id, a.staff_id, a.date_time,
              tstzrange(a.date_time - make_interval(mins => a.buffer_before), a.date_time + make_interval(mins => a.duration + a.buffer_after)), :blocking
            from appointments a
            where a.practice_id = :practice::uuid
              and (not :blocking or a.status <> 'CANCELLED' and a.deleted_at is null)
              and not exists (select from staff_bookings b where b.practice_id = a.practice_id and b.appointment_id = a.id)
            order by a.date_time, a.id
            on conflict do nothing""");

    private final PracticeDatabase database;
    private final Caller caller;

    CopyRows(PracticeDatabase database, Caller caller) {
        this.database = database;
        this.caller = caller;
    }

    private static Sql insert(String table, String columns) {
        return Sql.of("""
                insert into %1$s (practice_id, %2$s)
                select :practice::uuid, %2$s
                from jsonb_populate_recordset(null::%1$s, :rows::jsonb)
                on conflict do nothing""".formatted(table, columns));
    }

    void finishPractice(JsonNode row) {
        database.update(caller, FINISH_PRACTICE.bind().json("row", row.toString()));
    }

    void addUsers(List<JsonNode> rows, String password) {
        database.update(caller, USERS.bind().json("rows", json(rows)).text("password", password));
    }

    Set<UUID> clientsThere(Collection<UUID> ids) {
        return new HashSet<>(database.list(caller, CLIENTS_THERE.bind().uuids("ids", ids), row -> row.uuid("id")));
    }

    void ageClients(List<JsonNode> rows) {
        List<JsonNode> without = rows.stream()
                .<JsonNode>map(row -> {
                    // In the database these are encrypted: bytes, which the copy's fields are not.
                    ObjectNode plain = row.deepCopy();
                    return plain.retain("id", "version", "updated_at", "deleted_at");
                })
                .toList();
        database.update(caller, AGE_CLIENTS.bind().json("rows", json(without)));
    }

    /** Services, staff or appointments. */
    void add(String file, List<JsonNode> rows) {
        Sql sql = PLAIN.get(file);
        if (sql == null) {
            throw new IllegalArgumentException(file);
        }
        database.update(caller, sql.bind().json("rows", json(rows)));
    }

    /** The keys of clients, packed as they are opened. */
    Map<UUID, byte[]> keysOf(Collection<UUID> clients) {
        @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
        record Keys(UUID client, byte[] packed) {}
        return database
                .list(
                        caller,
                        KEYS.bind().uuids("ids", clients),
                        row -> new Keys(row.uuid("client_id"), row.bytes("packed")))
                .stream()
                .collect(Collectors.toMap(Keys::client, Keys::packed));
    }

    /** Makes the partitions that appointments at these times lie in, as their owner. */
    void makeRoom(Collection<Instant> times) {
        Set<Integer> years = times.stream()
                .map(time -> time.atOffset(ZoneOffset.UTC).getYear())
                .collect(Collectors.toCollection(TreeSet::new));
        database.inTransaction(caller, transaction -> {
            String role = transaction.one(AS_OWNER.bind(), row -> row.text("role"));
            years.forEach(
                    year -> transaction.one(YEAR.bind().text("first", year + "-01-01"), row -> row.integer("made")));
            return role;
        });
    }

    /** Takes the time of the staff for all appointments. */
    void book() {
        database.update(caller, BOOK.bind().bool("blocking", true));
        database.update(caller, BOOK.bind().bool("blocking", false));
    }

    private static String json(List<JsonNode> rows) {
        return JsonNodeFactory.instance.arrayNode().addAll(rows).toString();
    }
}
