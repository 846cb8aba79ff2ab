package com.medspasync.appointments;

import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Outcome;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deletes appointments softly, which frees the staff member, and restores them, if the time is free still. */
final class AppointmentRemover {

    /** How a restoration ended. */
    private enum End {
        DONE,
        MISSING,
        /** Something that it is for, of or with is not there any more, or the client's keys were destroyed. */
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

    /**
     * One that is not deleted is only read; so a restoration may be repeated, and is audited as what it was. What is over comes back whatever has become
     * of the service and of the staff member.
     */
    private static final Sql RESTORE = Sql.of(TARGET
            + """
            keyring as materialized (
              %s),
            held as materialized (
              select st.id
              from target t
              join staff st on st.practice_id = :practice::uuid and st.id = t.staff_id
              join services sv on sv.practice_id = :practice::uuid and sv.id = t.service_id
              join clients cl on cl.practice_id = :practice::uuid and cl.id = t.client_id
              where t.deleted_at is not null and %s and (t.status = 'CANCELLED' or %s <= now() or (%s))
              for no key update of st
              for share of sv, cl),
            changed as (
              update appointments a set
                deleted_at = null, reminder_sent = false, updated_at = :now::timestamptz, version = a.version + 1
              from target t
              cross join held
              where a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = t.date_time and a.deleted_at is not null
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
                when not exists (select from held) then 'REFUSED'
                else 'RACED'
              end as outcome,
              found.*, keyring.*
            from keyring
            left join target on true
            left join found on true""".formatted(
                            WrappedKeys.select("(select client_id from target)"),
                            BookingRules.CLIENT_THERE,
                            BookingRules.to("t.date_time", "t.duration", "t.buffer_after"),
                            BookingRules.IN_USE));

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Restored(End end, @Nullable Appointment appointment, byte @Nullable [] notes, WrappedKeys keys) {

        static Restored of(Row row) {
            End end = End.valueOf(row.text("outcome"));
            boolean done = end == End.DONE;
            return new Restored(
                    end,
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
        Query query = DELETE.bind().uuid("id", id).integer("version", version).instant("now", now);
        return Outcome.settled(() -> database.one(caller, query, Outcome::deletion));
    }

    AppointmentChange restore(Caller caller, UUID id, Instant now) {
        for (int tries = 1; ; tries++) {
            Optional<Restored> restored = attempt(caller, id, now);
            switch (restored.map(Restored::end).orElse(End.REFUSED)) {
                case DONE -> {
                    Restored done = restored.orElseThrow();
                    return new AppointmentChange.Changed(cipher.view(
                            caller,
                            Objects.requireNonNull(done.appointment()),
                            done.notes(),
                            done.keys(),
                            Expanded.NONE));
                }
                case MISSING -> {
                    return new AppointmentChange.Missing();
                }
                case REFUSED -> {
                    Optional<AppointmentChange> reason = AppointmentEditor.reason(objections.toRestoring(caller, id));
                    if (reason.isPresent()) {
                        return reason.get();
                    }
                    Objections.requireReason(tries);
                }
                case RACED -> {}
            }
        }
    }

    /** Empty when the time is taken. */
    private Optional<Restored> attempt(Caller caller, UUID id, Instant now) {
        try {
            return Optional.of(
                    database.one(caller, RESTORE.bind().uuid("id", id).instant("now", now), Restored::of));
        } catch (ConstraintViolated violated) {
            if (violated.constraint().equals(AppointmentEditor.NO_OVERLAP)) {
                return Optional.empty();
            }
            throw violated;
        }
    }
}
