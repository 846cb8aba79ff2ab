package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.idempotency.Claim;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement that books: the time of the staff member, the appointment and the claim under the idempotency key, and the audit by its trigger.
 *
 * <p>Most who come too late see by whom the time is taken, and that is their answer. That nobody is booked twice is up to the exclusion constraint. An
 * insert that would break it does nothing, which of many writers at once lets one through and makes the others wait for that one alone: as an error it
 * would come after their own row is there to be waited for, and they would deadlock. A statement that books nothing for any other reason undoes itself
 * ({@code refuse()}), and with it the claim, so that the same request may succeed later.
 *
 * <p>It holds a share of the locks of service, staff member and client from before it asks whether they are in use. Whoever takes one of them out of use
 * waits for the booking and then counts it, or the booking waits and finds it gone.
 */
final class AppointmentInsertion {

    private static final String DECIDED = """
            (select jsonb_build_object(
              'client', :client::uuid, 'duration', duration, 'price', price, 'bufferBefore', buffer_before, 'bufferAfter', buffer_after)
              from terms)""";

    private static final String BOOK = """
            ,
            booked as (
              insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
              select
                :practice::uuid, :id::uuid, :staff::uuid, :starts_at::timestamptz,
                tstzrange(%s, %s)
              from terms cross join claim
              where mine
              on conflict do nothing
              returning appointment_id),
            created as (
              insert into appointments (
                practice_id, id, client_id, service_id, staff_id, date_time, duration, buffer_before, buffer_after, notes, price,
                version, created_at, updated_at)
              select
                :practice::uuid, appointment_id, :client::uuid, :service::uuid, :staff::uuid, :starts_at::timestamptz, duration,
                buffer_before, buffer_after, :notes, price, 1, :now::timestamptz, :now::timestamptz
              from booked cross join terms
              returning id),
            overridden as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'OVERRIDE', 'appointments', id, :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('reason', :override::text)
              from created cross join terms
              where not kept)
            select
              coalesce(mine, false) as mine, response, decided, clash.*,
              case when mine and created.id is null then refuse() end as refused
            from (select) as one
            left join claim on true
            left join created on true
            left join clash on mine is null
            where mine is not null or clash.appointment_id is not null""".formatted(
                    BookingRules.from(":starts_at::timestamptz", "buffer_before"),
                    BookingRules.to(":starts_at::timestamptz", "duration", "buffer_after"));

    static final Sql CREATE = Sql.of(terms("false")
            + "claim as (select true as mine, ''::bytea as response, %s as decided from gate)".formatted(DECIDED)
            + BOOK);

    /** Whose appointment a repeat is told of, the first request has left: its own may name somebody else, or wait for a row that it cannot see. */
    private static final Sql CREATE_ONCE =
            Sql.of(terms(Claim.LIVE) + Claim.cte(DECIDED) + ",\n" + Claim.replayed() + """
            ,
            subject as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select :practice::uuid, (claim.decided ->> 'client')::uuid, replayed.id
              from replayed cross join claim
              where claim.decided ->> 'client' is not null)""" + BOOK);

    private AppointmentInsertion() {}

    /** What the statement came to. */
    sealed interface Outcome {

        /** {@code mine} is always true without an idempotency key. */
        @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
        record Claimed(boolean mine, byte[] response, String decided) implements Outcome {}

        record Taken(Clash clash) implements Outcome {}

        /** No row is for the caller to look at its keys again: one of them is not accepted any more. */
        static Outcome of(Row row) {
            UUID clash = row.uuidOrNull("appointment_id");
            return clash == null
                    ? new Claimed(row.bool("mine"), row.bytes("response"), row.json("decided"))
                    : new Taken(new Clash(clash, row.instant("starts_from"), row.instant("ends_at")));
        }
    }

    /**
     * What is offered, who is in the way of it as far as the statement's snapshot shows, and whether the statement goes on: who is too late by then locks
     * nothing.
     *
     * @param repeated whether the request was made before, and is to be answered as it was then
     */
    private static String terms(String repeated) {
        return """
                with offer as materialized (
                  select *
                  from (
                    select
                      coalesce(:duration, sv.duration) as duration, coalesce(:price::numeric, sv.price) as price, sv.buffer_before,
                      sv.buffer_after, %1$s as kept
                    from services sv
                    join staff st on st.practice_id = sv.practice_id and st.id = :staff::uuid
                    join clients cl on cl.practice_id = sv.practice_id and cl.id = :client::uuid
                    where sv.practice_id = :practice::uuid and sv.id = :service::uuid and %2$s and %5$s) found
                  where kept or :override::text is not null),
                clash as materialized (
                  select c.*
                  from offer
                  cross join lateral (
                    %3$s) c),
                gate as materialized (
                  select
                  where (:key_version is null or exists (
                      select from client_keys
                      where practice_id = :practice::uuid and client_id = :client::uuid and version = :key_version and accepted))
                    and (not exists (select from clash) or %4$s)),
                terms as materialized (
                  select offer.*
                  from gate
                  cross join offer
                  join services sv on sv.practice_id = :practice::uuid and sv.id = :service::uuid
                  join staff st on st.practice_id = :practice::uuid and st.id = :staff::uuid
                  join clients cl on cl.practice_id = :practice::uuid and cl.id = :client::uuid
                  where %2$s and %5$s
                  for share of sv, st, cl),
                """.formatted(
                BookingRules.kept(
                        BookingRules.from(":starts_at::timestamptz", "sv.buffer_before"),
                        BookingRules.to(
                                ":starts_at::timestamptz", "coalesce(:duration, sv.duration)", "sv.buffer_after"),
                        ":starts_at::timestamptz"),
                BookingRules.IN_USE,
                BookingRules.clash(
                        ":staff::uuid",
                        BookingRules.from(":starts_at::timestamptz", "buffer_before"),
                        BookingRules.to(":starts_at::timestamptz", "duration", "buffer_after")),
                repeated,
                BookingRules.CLIENT_THERE);
    }

    /**
     * @param claim null without an idempotency key
     * @param sealing encrypts the notes; null when there are none
     */
    static Query query(
            Caller caller,
            UUID id,
            AppointmentDraft draft,
            Instant now,
            @Nullable Claim claim,
            NotesCipher cipher,
            @Nullable DataKey sealing) {
        Query query = claim == null ? CREATE.bind() : claim.bind(CREATE_ONCE.bind());
        String text = draft.notes();
        return query.uuid("id", id)
                .uuid("client", draft.client())
                .uuid("service", draft.service())
                .uuid("staff", draft.staff())
                .instant("starts_at", draft.dateTime())
                .integer("duration", draft.duration())
                .numeric("price", draft.price())
                .bytes(
                        "notes",
                        text == null || sealing == null ? null : cipher.seal(caller.practice(), id, sealing, text))
                .integer("key_version", sealing == null ? null : sealing.version())
                .text("override", draft.overrideReason())
                .instant("now", now);
    }
}
