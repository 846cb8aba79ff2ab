package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statement that changes an appointment, if it still has the version named and the rules let it be, with its parameters and its outcome. */
final class AppointmentUpdate {

    /** What became of one run of the statement. */
    enum Outcome {
        CHANGED,
        MISSING,
        GONE,
        STALE,
        /** The key that encrypted is no longer accepted. */
        RETIRED,
        /** A rule forbids it. */
        REFUSED,
        /** Somebody changed the record between the statement's snapshot and its update: another run sees what they did. */
        RACED
    }

    /** @param appointment as it is now; null unless it was changed */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    record Result(Outcome outcome, @Nullable Appointment appointment, byte @Nullable [] notes, WrappedKeys keys) {

        /** The appointment that was changed. */
        Appointment changed() {
            return Objects.requireNonNull(appointment);
        }

        static Result of(Row row) {
            Outcome outcome = Outcome.valueOf(row.text("outcome"));
            boolean changed = outcome == Outcome.CHANGED;
            return new Result(
                    outcome,
                    changed ? Appointment.of(row) : null,
                    changed ? row.bytesOrNull("notes") : null,
                    WrappedKeys.of(row));
        }
    }

    /**
     * Who moves an appointment, or brings a cancelled one back, first takes hold of the staff member it will be with: two who move into each other's
     * time would deadlock. Of the service and the client it takes a share, so that neither is deleted meanwhile. That the time is free is up to the
     * exclusion constraint, which fails the statement.
     *
     * <p>A change of nothing that is audited leaves no row by the trigger; the record it answers with is disclosed all the same.
     */
    private static final Sql SQL = Sql.of("""
            with %6$s,
            keyring as materialized (
              %1$s),
            key_in_use as materialized (
              select :key_version is null or exists (
                select from client_keys
                where practice_id = :practice::uuid and client_id = (select client_id from target) and version = :key_version
                  and accepted) as accepted),
            plan as materialized (
              select
                t.date_time, t.status, t.payment_status, t.client_id, t.price,
                case
                  when coalesce(:status, t.status) <> 'CANCELLED' then null
                  when t.status = 'CANCELLED' then coalesce(t.cancelled_at, t.updated_at)
                  else now() end as cancelled_at,
                sv.id as to_service, coalesce(:staff::uuid, t.staff_id) as to_staff,
                coalesce(:starts_at::timestamptz, t.date_time) as to_time,
                coalesce(:duration, case when other then sv.duration else t.duration end) as to_duration,
                case when other then sv.buffer_before else t.buffer_before end as to_buffer_before,
                case when other then sv.buffer_after else t.buffer_after end as to_buffer_after,
                coalesce(:price::numeric, case when other then sv.price else t.price end) as to_price,
                coalesce(:status, t.status) as to_status,
                (sv.id, coalesce(:staff::uuid, t.staff_id), coalesce(:starts_at::timestamptz, t.date_time), coalesce(:duration, t.duration))
                  is distinct from (t.service_id, t.staff_id, t.date_time, t.duration) as moved,
                t.status = 'CANCELLED' and coalesce(:status, t.status) <> 'CANCELLED' as reinstated
              from target t
              join services sv on sv.practice_id = :practice::uuid and sv.id = coalesce(:service::uuid, t.service_id)
              cross join lateral (select sv.id <> t.service_id as other) o
              where t.deleted_at is null and t.version = :version),
            judged as materialized (
              select p.*, place.kept
              from plan p
              left join lateral (
                select %2$s as kept
                from services sv
                join staff st on st.practice_id = sv.practice_id and st.id = p.to_staff
                join clients cl on cl.practice_id = sv.practice_id and cl.id = p.client_id
                where (p.moved or p.reinstated) and sv.practice_id = :practice::uuid and sv.id = p.to_service and %3$s
                  and %7$s) place on true
              where (:status::text is null or p.status = any (:from_statuses::text[]))
                and (:payment_status::text is null or p.payment_status = any (:from_payments::text[]))
                and (:price::numeric is null or p.to_price = p.price or p.payment_status = any (:priced::text[]))
                and (not p.moved or p.to_status in ('SCHEDULED', 'CONFIRMED'))
                and (p.to_status <> 'COMPLETED' or p.status = 'COMPLETED' or p.to_time <= now())
                and (:reason is distinct from 'NO_SHOW' or p.date_time <= now())
                and (not (p.moved or p.reinstated) or place.kept or (place.kept is not null and :override::text is not null))),
            held as materialized (
              select st.id
              from judged j
              join staff st on st.practice_id = :practice::uuid and st.id = j.to_staff
              join services sv on sv.practice_id = :practice::uuid and sv.id = j.to_service
              join clients cl on cl.practice_id = :practice::uuid and cl.id = j.client_id
              where (j.moved or j.reinstated) and %3$s and %7$s
              for no key update of st
              for share of sv, cl),
            changed as (
              update appointments a set
                service_id = j.to_service, staff_id = j.to_staff, date_time = j.to_time, duration = j.to_duration,
                buffer_before = j.to_buffer_before, buffer_after = j.to_buffer_after, price = j.to_price, status = j.to_status,
                cancellation_reason = case when j.to_status <> 'CANCELLED' then null else coalesce(:reason, a.cancellation_reason) end,
                cancelled_at = j.cancelled_at,
                late_cancellation = j.cancelled_at is not null and coalesce(:reason, a.cancellation_reason) = 'CLIENT'
                  and j.cancelled_at > a.date_time - make_interval(hours => (
                    select late_cancellation_hours from practices where id = :practice::uuid)),
                payment_status = coalesce(:payment_status, a.payment_status),
                notes = case when :set_notes then :notes else a.notes end,
                reminder_sent = a.reminder_sent and j.to_time = a.date_time and not j.reinstated,
                version = a.version + 1, updated_at = :now::timestamptz
              from judged j
              left join held on held.id = j.to_staff
              where a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = j.date_time and a.version = :version
                and a.deleted_at is null and (held.id is not null or not (j.moved or j.reinstated))
                and (select accepted from key_in_use)
              returning a.*),
            rebooked as (
              update staff_bookings b set
                staff_id = c.staff_id, starts_at = c.date_time, during = tstzrange(%4$s, %5$s), blocking = c.status <> 'CANCELLED'
              from changed c
              where b.practice_id = :practice::uuid and b.appointment_id = c.id
                and (b.staff_id, b.starts_at, b.during, b.blocking)
                  is distinct from (c.staff_id, c.date_time, tstzrange(%4$s, %5$s), c.status <> 'CANCELLED')),
            overridden as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'OVERRIDE', 'appointments', c.id, :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('reason', :override::text)
              from changed c cross join judged j
              where not j.kept),
            shown as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose)
              select
                :practice::uuid, :user::uuid, 'UPDATE', 'appointments', c.id, :address, :agent, :request::uuid, :purpose
              from changed c
              cross join target t
              where (t.service_id, t.staff_id, t.date_time, t.duration, t.price, t.status, t.cancellation_reason, t.payment_status, t.notes)
                is not distinct from
                (c.service_id, c.staff_id, c.date_time, c.duration, c.price, c.status, c.cancellation_reason, c.payment_status, c.notes))
            select
              case
                when changed.id is not null then 'CHANGED'
                when target.id is null then 'MISSING'
                when target.deleted_at is not null then 'GONE'
                when target.version <> :version then 'STALE'
                when not key_in_use.accepted then 'RETIRED'
                when not exists (select from judged) then 'REFUSED'
                else 'RACED'
              end as outcome,
              changed.*, keyring.*
            from keyring
            cross join key_in_use
            left join target on true
            left join changed on true""".formatted(
                    WrappedKeys.select("(select client_id from target)"),
                    BookingRules.kept(
                            BookingRules.from("p.to_time", "p.to_buffer_before"),
                            BookingRules.to("p.to_time", "p.to_duration", "p.to_buffer_after"),
                            "p.to_time"),
                    BookingRules.IN_USE,
                    BookingRules.from("c.date_time", "c.buffer_before"),
                    BookingRules.to("c.date_time", "c.duration", "c.buffer_after"),
                    Appointment.byId("target"),
                    BookingRules.CLIENT_THERE));

    private AppointmentUpdate() {}

    /** @param sealing encrypts the notes; null when there are none to be */
    static Query query(
            Caller caller,
            UUID id,
            int version,
            AppointmentPatch patch,
            NotesCipher cipher,
            @Nullable DataKey sealing,
            Instant now) {
        String notes = patch.notes().valueOrNull();
        return SQL.bind()
                .uuid("id", id)
                .integer("version", version)
                .uuid("service", patch.service())
                .uuid("staff", patch.staff())
                .instant("starts_at", patch.dateTime())
                .integer("duration", patch.duration())
                .numeric("price", patch.price())
                .text("status", name(patch.status()))
                .texts("from_statuses", patch.status() == null ? null : Transitions.into(patch.status(), caller))
                .text("reason", name(patch.cancellationReason()))
                .text("payment_status", name(patch.paymentStatus()))
                .texts(
                        "from_payments",
                        patch.paymentStatus() == null ? null : Transitions.into(patch.paymentStatus(), caller))
                .bool("set_notes", patch.notes().isChange())
                .bytes(
                        "notes",
                        notes == null || sealing == null ? null : cipher.seal(caller.practice(), id, sealing, notes))
                .integer("key_version", sealing == null ? null : sealing.version())
                .text("override", patch.overrideReason())
                .texts("priced", patch.price() == null ? null : Transitions.priced(caller))
                .instant("now", now);
    }

    private static @Nullable String name(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name();
    }
}
