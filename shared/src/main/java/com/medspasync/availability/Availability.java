package com.medspasync.availability;

import com.medspasync.availability.FreeTimes.FreeDay;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.schedule.DayHours;
import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Finds free times. One round trip: a statement fetches hours, exceptions and what is taken, and {@link Slots} says what that leaves. Thread-safe.
 *
 * <p>Nothing is audited: the answer names staff members by id and tells when they are free, nothing of a client.
 */
public final class Availability {

    /** An answer ends with the day on which it has so many times. */
    static final int ENOUGH = 10_000;

    /**
     * A row for each staff member who counts; a single one without, where there is none. Whoever is asked for by name has a row in any case.
     *
     * <p>Bookings are bound by the start of their appointment, which has an index that row-level security lets be used: one that starts two days before may last, with
     * its buffer, until the first day, and one that starts a day after may have a buffer that reaches back into the last. What touches is told as one.
     *
     * <p>When clocks are changed is looked for on the days at whose ends they differ: since 1972 zones have changed their clocks at quarters of an hour alone.
     */
    static final Sql FIND = Sql.of("""
            with practice as materialized (
              select time_zone, slot_minutes, opening_hours, :from::date::timestamp at time zone time_zone - interval '49 hours' as earliest,
                (:to::date + 1)::timestamp at time zone time_zone + interval '25 hours' as latest
              from practices
              where id = :practice::uuid and deleted_at is null),
            service as materialized (
              select category, duration, buffer_before, buffer_after
              from services
              where practice_id = :practice::uuid and id = :service::uuid and active and deleted_at is null),
            excepted as materialized (
              select staff_id, json_agg(json_build_object('first', first_day, 'last', last_day, 'hours', hours)) as days
              from schedule_exceptions
              where practice_id = :practice::uuid and deleted_at is null and last_day >= :from::date and first_day <= :to::date
              group by staff_id),
            clocks as materialized (
              select json_agg(json_build_array(date_part('epoch', at)::bigint, ahead::int) order by at) as changes
              from (
                select at, ahead, lag(ahead) over (order by at) as before
                from (
                  select at, date_part('epoch', (at at time zone time_zone) - (at at time zone 'UTC')) as ahead
                  from practice
                  cross join generate_series(earliest, latest, interval '24 hours') day
                  cross join generate_series(day, day + interval '23:45', case
                    when (day at time zone time_zone) + interval '24 hours' = (day + interval '24 hours') at time zone time_zone then interval '24 hours'
                    else interval '15 minutes' end) at) moments) known
              where before is distinct from ahead)
            select p.time_zone, (select changes from clocks) as clocks, p.slot_minutes, v.duration, v.buffer_before, v.buffer_after,
              json_build_object('week', p.opening_hours, 'exceptions', (select days from excepted where staff_id is null)) as open,
              m.id as staff_id, m.active and v.category = any (m.specializations) as gives,
              json_build_object('week', m.working_hours, 'exceptions', (select days from excepted where staff_id = m.id)) as working,
              (select json_agg(json_build_array(floor(date_part('epoch', lower(range)))::bigint, ceil(date_part('epoch', upper(range)))::bigint))
                from unnest((
                  select range_agg(b.during)
                  from staff_bookings b
                  where b.practice_id = :practice::uuid and b.staff_id = m.id and b.blocking and b.starts_at > p.earliest and b.starts_at < p.latest))
                  range) as taken
            from practice p
            cross join service v
            left join staff m on m.practice_id = :practice::uuid and m.deleted_at is null
              and case when :staff::uuid is null then m.active and v.category = any (m.specializations) else m.id = :staff::uuid end
            order by m.id""");

    private final PracticeDatabase database;
    private final Clock clock;

    /** What there is to say. */
    public sealed interface Outcome {

        /** These times; there may be none. */
        record Found(FreeTimes times) implements Outcome {}

        /** There is no such service, or it is not given any more. */
        record NoService() implements Outcome {}

        /** There is no such staff member. */
        record NoStaff() implements Outcome {}
    }

    public Availability(PracticeDatabase database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What of {@code request} is free from now on. */
    public Outcome find(Caller caller, AvailabilityRequest request) {
        List<Found> rows = database.list(
                caller,
                FIND.bind()
                        .uuid("service", request.service())
                        .uuid("staff", request.staff())
                        .date("from", request.from())
                        .date("to", request.to()),
                Found::of);
        if (rows.isEmpty()) {
            return new Outcome.NoService();
        }
        List<Member> members =
                rows.stream().flatMap(row -> row.members().stream()).toList();
        if (members.isEmpty() && request.staff() != null) {
            return new Outcome.NoStaff();
        }
        return new Outcome.Found(times(
                request,
                rows.getFirst().offer(),
                members.stream().filter(Member::gives).toList()));
    }

    private FreeTimes times(AvailabilityRequest request, Offer offer, List<Member> members) {
        Instant now = clock.instant();
        List<FreeDay> days = new ArrayList<>();
        int count = 0;
        LocalDate day = request.from();
        for (; !day.isAfter(request.to()) && count < ENOUGH; day = day.plusDays(1)) {
            DayHours open = offer.open().on(day);
            for (Member member : members) {
                List<OffsetDateTime> starts =
                        offer.slots().on(day, open, member.working().on(day), member.taken(), now);
                if (!starts.isEmpty()) {
                    days.add(new FreeDay(day, member.id(), starts));
                    count += starts.size();
                }
            }
        }
        return new FreeTimes(
                offer.timeZone(), offer.slots().occupation().duration(), days, day.isAfter(request.to()) ? null : day);
    }

    /** @param members at most one */
    private record Found(Offer offer, List<Member> members) {

        static Found of(Row row) {
            return new Found(Offer.of(row), row.uuidOrNull("staff_id") == null ? List.of() : List.of(Member.of(row)));
        }
    }

    /** What is the same for all who give the service. */
    private record Offer(String timeZone, Slots slots, Hours open) {

        static Offer of(Row row) {
            Occupation occupation =
                    new Occupation(row.integer("buffer_before"), row.integer("duration"), row.integer("buffer_after"));
            return new Offer(
                    row.text("time_zone"),
                    new Slots(Clocks.of(row.json("clocks")), row.integer("slot_minutes"), occupation),
                    Hours.of(row.json("open"), DayHours.ALL));
        }
    }

    private record Member(UUID id, boolean gives, Hours working, Taken taken) {

        static Member of(Row row) {
            return new Member(
                    row.uuid("staff_id"),
                    row.bool("gives"),
                    Hours.of(row.json("working"), DayHours.NONE),
                    Taken.of(row.jsonOrNull("taken")));
        }
    }
}
