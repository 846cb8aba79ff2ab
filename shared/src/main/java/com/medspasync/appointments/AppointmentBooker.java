package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.DatabaseBusy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.database.StatementRefused;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Idempotency;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.idempotency.Verdict;
import com.medspasync.tenant.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Books appointments: the time of the staff member, the appointment and the claim under the idempotency key in one statement, the audit by its trigger.
 *
 * <p>Most who come too late see by whom the time is taken, and that is their answer. That nobody is booked twice is up to the exclusion constraint. An
 * insert that would break it does nothing, which of many writers at once lets one through and makes the others wait for that one alone: as an error it
 * would come after their own row is there to be waited for, and they would deadlock. A statement that books nothing undoes itself ({@code refuse()}), and with it the claim, so that the same request may succeed later;
 * why it was refused a second statement finds out.
 *
 * <p>It holds a share of the locks of service, staff member and client from before it looks whether they are in use. Whoever takes one of them out of use
 * waits for the booking and then counts it, or the booking waits and finds it gone.
 */
final class AppointmentBooker {

    /**
     * What is offered, who is in the way of it as far as the statement's snapshot shows, and whether it goes on. Who comes later than that to a time is
     * told so at once, and locks nothing.
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

    private static final Sql CREATE = Sql.of(terms("false")
            + "claim as (select true as mine, ''::bytea as response, %s as decided from gate)".formatted(DECIDED)
            + BOOK);

    /** Whose appointment a repeat is told of, the first request has left: its own may name somebody else, or wait for a row that it cannot see. */
    private static final Sql CREATE_ONCE = Sql.of(terms(Claim.LIVE) + Claim.cte(DECIDED) + """
            ,
            replayed as (
              insert into audit_logs (
                practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, purpose, details)
              select
                :practice::uuid, :user::uuid, 'READ', table_name, record_id, :address, :agent, :request::uuid, :purpose,
                '{"replay": true}'::jsonb
              from claim
              where not mine
              returning id),
            subject as (
              insert into audit_subjects (practice_id, record_id, audit_id)
              select :practice::uuid, (claim.decided ->> 'client')::uuid, replayed.id
              from replayed cross join claim
              where claim.decided ->> 'client' is not null)""" + BOOK);

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final NotesCipher notes;
    private final Idempotency idempotency;
    private final Objections objections;

    AppointmentBooker(
            PracticeDatabase database,
            KeyHierarchy keys,
            NotesCipher notes,
            Idempotency idempotency,
            Objections objections) {
        this.database = database;
        this.keys = keys;
        this.notes = notes;
        this.idempotency = idempotency;
        this.objections = objections;
    }

    /** What the statement came to. */
    private sealed interface Outcome {

        /** {@code mine} is always true without an idempotency key. */
        @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
        record Claimed(boolean mine, byte[] response, String decided) implements Outcome {}

        record Taken(Clash clash) implements Outcome {}

        static Outcome of(Row row) {
            UUID clash = row.uuidOrNull("appointment_id");
            return clash == null
                    ? new Claimed(row.bool("mine"), row.bytes("response"), row.json("decided"))
                    : new Taken(new Clash(clash, row.instant("starts_from"), row.instant("ends_at")));
        }
    }

    Booking book(Caller caller, UUID id, AppointmentDraft draft, Instant now, @Nullable IdempotencyKey key) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        for (int tries = 1; ; tries++) {
            DataKey sealing = null;
            if (draft.notes() != null) {
                sealing = notes.writingKey(caller, draft.client()).orElse(null);
                if (sealing == null) {
                    return refused(objections.to(caller, id, draft)).orElseGet(() -> unknown("clientId"));
                }
            }
            try {
                Optional<Outcome> outcome =
                        database.first(caller, query(caller, id, draft, now, key, sealing), Outcome::of);
                if (outcome.isPresent()) {
                    return switch (outcome.get()) {
                        case Outcome.Taken(Clash clash) -> new Booking.Taken(clash);
                        case Outcome.Claimed claimed -> read(caller, id, draft, now, key, claimed);
                    };
                }
                notes.forget(caller.practice(), draft.client());
                retired.lookAgain();
            } catch (StatementRefused refused) {
                Optional<Booking> reason = refused(objections.to(caller, id, draft));
                if (reason.isPresent()) {
                    return reason.get();
                }
                Objections.requireReason(tries);
            } catch (DatabaseBusy busy) {
                if (key != null && busy.ofLock()) {
                    return new Booking.InProgress();
                }
                throw busy;
            }
        }
    }

    private static Optional<Booking> refused(Objections.Found found) {
        if (!found.violations().isEmpty()) {
            return Optional.of(new Booking.Refused(found.violations()));
        }
        return Optional.ofNullable(found.clash()).map(Booking.Taken::new);
    }

    private static Booking unknown(String field) {
        return new Booking.Refused(List.of(Objections.unknown(field)));
    }

    private Booking read(
            Caller caller,
            UUID id,
            AppointmentDraft draft,
            Instant now,
            @Nullable IdempotencyKey key,
            Outcome.Claimed outcome) {
        Verdict verdict = key == null
                ? new Verdict.First()
                : idempotency.verdict(caller, key, outcome.mine(), outcome.response());
        return switch (verdict) {
            case Verdict.First() -> {
                AppointmentJson booked = AppointmentJson.of(id, draft, now);
                yield new Booking.Booked(
                        notes.viewOfPlain(caller, booked.appointment(outcome.decided()), draft.notes()));
            }
            case Verdict.Repeat(byte[] answer) -> {
                AppointmentJson booked = AppointmentJson.read(answer);
                yield new Booking.Replayed(
                        notes.viewOfPlain(caller, booked.appointment(outcome.decided()), booked.notes()));
            }
            case Verdict.Mismatch() -> new Booking.Mismatch();
        };
    }

    private Query query(
            Caller caller,
            UUID id,
            AppointmentDraft draft,
            Instant now,
            @Nullable IdempotencyKey key,
            @Nullable DataKey sealing) {
        Query query = key == null
                ? CREATE.bind()
                : idempotency
                        .claim(
                                caller,
                                key,
                                new Claim.Made("appointments", id),
                                AppointmentJson.of(id, draft, now).write())
                        .bind(CREATE_ONCE.bind());
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
                        text == null || sealing == null ? null : notes.seal(caller.practice(), id, sealing, text))
                .integer("key_version", sealing == null ? null : sealing.version())
                .text("override", draft.overrideReason())
                .instant("now", now);
    }
}
