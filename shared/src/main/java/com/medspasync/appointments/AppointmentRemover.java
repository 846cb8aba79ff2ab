package com.medspasync.appointments;

import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.repository.Deletion;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes appointments softly, which frees the staff member, and restores them, if the time is free still. */
final class AppointmentRemover {

    private enum Outcome {
        DONE,
        MISSING,
        STALE,
        /** The client is deleted, or its keys were destroyed. */
        REFUSED,
        /** Somebody changed the record between the statement's snapshot and its update: another run sees what they did. */
        RACED
    }

    private static final String TARGET = """
            with %s,
            """.formatted(Appointment.byId("target"));

    private static final Sql DELETE = Sql.of(TARGET + """
            changed as (
              update appointments a set deleted_at = :now::timestamptz, updated_at = :now::timestamptz, version = a.version + 1
              from target t
              where a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = t.date_time and a.deleted_at is null
                and a.version = :version
              returning a.id),
            freed as (
              update staff_bookings b set blocking = false
              from changed
              where b.practice_id = :practice::uuid and b.appointment_id = changed.id and b.blocking)
            select
              case
                when changed.id is not null or target.deleted_at is not null then 'DONE'
                when target.version is null then 'MISSING'
                when target.version <> :version then 'STALE'
                else 'RACED'
              end as outcome
            from (select) as one
            left join target on true
            left join changed on true""");

    /** One that is not deleted is only read; so a restoration may be repeated, and is audited as what it was. */
    private static final Sql RESTORE =
            Sql.of(TARGET + """
            keyring as materialized (
              %s),
            held as materialized (
              select st.id
              from target t
              join staff st on st.practice_id = :practice::uuid and st.id = t.staff_id
              where t.deleted_at is not null
              for no key update of st),
            changed as (
              update appointments a set
                deleted_at = null, reminder_sent = false, updated_at = :now::timestamptz, version = a.version + 1
              from target t
              join held on true
              join clients cl on cl.practice_id = :practice::uuid and cl.id = t.client_id and cl.deleted_at is null
              cross join keyring
              where a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = t.date_time and a.deleted_at is not null
                and not keyring.keys_destroyed
              returning a.*),
            taken as (
              update staff_bookings b set blocking = true
              from changed
              where b.practice_id = :practice::uuid and b.appointment_id = changed.id and changed.status <> 'CANCELLED'),
            found as (
              select * from changed
              union all
              select * from target where deleted_at is null),
            audit as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose)
              select
                :practice::uuid, :user::uuid, 'READ', 'appointments', id, :address, :agent, :request::uuid, :purpose
              from target
              where deleted_at is null
              returning id),
            subject as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select :practice::uuid, target.client_id, audit.id from target cross join audit)
            select
              case
                when target.id is null then 'MISSING'
                when found.id is not null then 'DONE'
                when keyring.keys_destroyed or not exists (
                  select from clients cl
                  where cl.practice_id = :practice::uuid and cl.id = target.client_id and cl.deleted_at is null) then 'REFUSED'
                else 'RACED'
              end as outcome,
              found.*, keyring.*
            from keyring
            left join target on true
            left join found on true""".formatted(WrappedKeys.select("(select client_id from target)")));

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Restored(
            Outcome outcome, @Nullable Appointment appointment, byte @Nullable [] notes, WrappedKeys keys) {

        static Restored of(Row row) {
            Outcome outcome = Outcome.valueOf(row.text("outcome"));
            boolean done = outcome == Outcome.DONE;
            return new Restored(
                    outcome,
                    done ? Appointment.of(row) : null,
                    done ? row.bytesOrNull("notes") : null,
                    WrappedKeys.of(row));
        }
    }

    private final PracticeDatabase database;
    private final NotesCipher cipher;
    private final Objections objections;

    AppointmentRemover(PracticeDatabase database, NotesCipher cipher, Objections objections) {
        this.database = database;
        this.cipher = cipher;
        this.objections = objections;
    }

    Deletion delete(Caller caller, UUID id, int version, Instant now) {
        while (true) {
            Outcome outcome = database.one(
                    caller,
                    DELETE.bind().uuid("id", id).integer("version", version).instant("now", now),
                    row -> Outcome.valueOf(row.text("outcome")));
            switch (outcome) {
                case DONE -> {
                    return new Deletion.Deleted();
                }
                case MISSING -> {
                    return new Deletion.Missing();
                }
                case STALE -> {
                    return new Deletion.Stale();
                }
                case REFUSED, RACED -> {}
            }
        }
    }

    AppointmentChange restore(Caller caller, UUID id, Instant now) {
        for (int tries = 1; ; tries++) {
            Restored restored;
            try {
                restored = database.one(caller, RESTORE.bind().uuid("id", id).instant("now", now), Restored::of);
            } catch (ConstraintViolated violated) {
                if (!violated.constraint().equals(AppointmentEditor.NO_OVERLAP)) {
                    throw violated;
                }
                Optional<AppointmentChange> reason = AppointmentEditor.reason(objections.toRestoring(caller, id));
                if (reason.isPresent()) {
                    return reason.get();
                }
                Objections.requireReason(tries);
                continue;
            }
            if (restored.outcome() == Outcome.MISSING) {
                return new AppointmentChange.Missing();
            }
            if (restored.outcome() == Outcome.REFUSED) {
                return new AppointmentChange.Refused(List.of(Objections.unknown("clientId")));
            }
            Appointment appointment = restored.appointment();
            if (appointment != null) {
                return new AppointmentChange.Changed(
                        cipher.view(caller, appointment, restored.notes(), restored.keys(), Expanded.NONE));
            }
        }
    }
}
