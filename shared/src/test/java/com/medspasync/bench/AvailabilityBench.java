package com.medspasync.bench;

import com.medspasync.availability.Availability;
import com.medspasync.availability.AvailabilityRequest;
import com.medspasync.availability.FreeTimes;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/**
 * What it takes to say when a service is free in 31 days with 10 staff members: with nothing booked, with every second hour booked, and with all
 * booked in half hours and in quarters of an hour. Prints the median of the time until the answer is there, and how long a tenth
 * took at most and at least.
 */
public final class AvailabilityBench {

    private static final int RUNS = 200;
    private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final EmbeddedDatabase database;
    private final PracticeId practice = new PracticeId(UUID.randomUUID());
    private final UUID service = UUID.randomUUID();
    private final Caller caller = Caller.platform(practice, new Origin(null, null, UUID.randomUUID()));

    private AvailabilityBench(EmbeddedDatabase database) {
        this.database = database;
        String hours = "[{\"from\": \"09:00\", \"to\": \"13:00\"}, {\"from\": \"13:30\", \"to\": \"18:00\"}]";
        String week =
                "{\"monday\": %1$s, \"tuesday\": %1$s, \"wednesday\": %1$s, \"thursday\": %1$s, \"friday\": %1$s, \"saturday\": %1$s, \"sunday\": %1$s}"
                        .formatted(hours);
        database.execute(
                "insert into practices (id, name, time_zone, opening_hours) values ('%s', 'Bench', 'America/New_York', '%s')"
                        .formatted(practice, week),
                "insert into services (practice_id, id, name, category, duration, price) values ('%s', '%s', 'Botox', 'Injectables', 15, 300)"
                        .formatted(practice, service),
                "insert into users (practice_id, id, email, email_search) select '%s', gen_random_uuid(), n || '@bench.example', n || '@bench.example' from generate_series(1, 10) n"
                        .formatted(practice),
                """
                insert into staff (practice_id, id, user_id, first_name, last_name, role, specializations, working_hours)
                select practice_id, gen_random_uuid(), id, 'A', 'B', 'PRACTITIONER', '{Injectables}', '%s' from users where practice_id = '%s'""".formatted(week, practice));
    }

    public static void main(String[] args) throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.migrated()) {
            AvailabilityBench bench = new AvailabilityBench(database);
            bench.measure("nothing booked");
            bench.book(60, 60);
            bench.measure("every second hour booked");
            bench.book(30, 0);
            bench.measure("every half hour booked");
            bench.book(15, 0);
            bench.measure("every quarter of an hour booked");
        }
    }

    /** Books one appointment after the other, with such pauses between, in all working hours of a year. */
    private void book(int minutes, int pause) {
        database.execute("delete from staff_bookings", """
                insert into staff_bookings (practice_id, appointment_id, staff_id, starts_at, during)
                select practice_id, gen_random_uuid(), id, at, tstzrange(at, at + interval '%1$d minutes')
                from staff
                cross join generate_series(timestamptz '2026-09-01 14:00Z', '2027-09-01 14:00Z', interval '24 hours') day
                cross join generate_series(0, 9 * 60, %2$d) minute
                cross join lateral (select day + make_interval(mins => minute) as at) a
                order by random()""".formatted(minutes, minutes + pause), "vacuum analyze");
    }

    private void measure(String what) {
        PracticeDatabase app = database.open(EmbeddedDatabase.APP);
        Availability availability = new Availability(app, CLOCK);
        AvailabilityRequest request = new AvailabilityRequest(service, null, FIRST, FIRST.plusDays(30));
        long[] nanos = new long[RUNS];
        int times = 0;
        for (int run = -RUNS; run < RUNS; run++) {
            long begin = System.nanoTime();
            if (!(availability.find(caller, request) instanceof Availability.Outcome.Found(FreeTimes found))) {
                throw new IllegalStateException("nothing was found");
            }
            if (run >= 0) {
                nanos[run] = System.nanoTime() - begin;
            }
            times = found.days().stream().mapToInt(day -> day.starts().size()).sum();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%s: %d times, %.2f ms (%.2f to %.2f)%n",
                what, times, nanos[RUNS / 2] / 1e6, nanos[RUNS / 10] / 1e6, nanos[RUNS * 9 / 10] / 1e6);
    }
}
