package com.medspasync.availability;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.availability.Availability.Outcome;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is offered, against a model that is all in SQL: each five minutes of the days, finer than any grid here, at which {@code works} lets an appointment begin and the exclusion of bookings has nothing
 * against it, of those that lie on the grid of a stretch of working time. Practices, hours, exceptions and bookings are made up, each from a seed.
 */
class AvailabilityModelTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final PracticeDatabase APP = DATABASE.open(EmbeddedDatabase.APP);
    private static final Clock LONG_AGO = Clock.fixed(Instant.parse("2020-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final int SEEDS = 3;

    private static final String MODEL = """
            with asked as (
              select p.*, v.buffer_before, make_interval(mins => v.buffer_before + v.duration + v.buffer_after) as occupied
              from practices p
              join services v on v.practice_id = p.id
              where p.id = ?::uuid),
            days as (
              select d::date as day, (array['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])[extract(isodow from d)::int] as name
              from generate_series(?::date, ?::date, interval '1 day') d),
            stretches as (
              select s.id as staff, d.day,
                greatest((d.day + (own ->> 'from')::time) at time zone p.time_zone, (d.day + (common ->> 'from')::time) at time zone p.time_zone) as begins,
                least((d.day + (own ->> 'to')::time) at time zone p.time_zone, (d.day + (common ->> 'to')::time) at time zone p.time_zone) as ends
              from asked p
              join staff s on s.practice_id = p.id
              cross join days d
              cross join lateral jsonb_array_elements(coalesce(
                (select hours from schedule_exceptions e where e.practice_id = p.id and e.staff_id = s.id and d.day between e.first_day and e.last_day),
                s.working_hours -> d.name, '[]')) own
              cross join lateral jsonb_array_elements(coalesce(
                (select hours from schedule_exceptions e where e.practice_id = p.id and e.staff_id is null and d.day between e.first_day and e.last_day),
                case when p.opening_hours is null then '[{"from": "00:00", "to": "24:00"}]' else p.opening_hours -> d.name end, '[]')) common),
            bookable as (
              select s.id as staff, minute as begins, minute + p.occupied as ends, (minute at time zone p.time_zone)::date as day, p.slot_minutes, p.buffer_before
              from asked p
              join staff s on s.practice_id = p.id
              cross join generate_series(
                (select min(day) from days)::timestamp at time zone 'UTC' - interval '15 hours', (select max(day) from days)::timestamp at time zone 'UTC' + interval '36 hours',
                interval '5 minutes') minute
              where works(p.id, s.id, minute, minute + p.occupied)
                and not exists (
                  select from staff_bookings b where b.staff_id = s.id and b.blocking and b.during && tstzrange(minute, minute + p.occupied)))
            select staff || ' ' || to_char((begins + make_interval(mins => buffer_before)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as time
            from bookable b
            where exists (
              select from stretches s
              where s.staff = b.staff and s.day = b.day and s.begins <= b.begins and s.ends >= b.ends
                and extract(epoch from b.begins - s.begins)::bigint % (b.slot_minutes * 60) = 0)""";

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    /** Clocks are put forward or back on the second of the three days; at midnight in Santiago and Havana, by half an hour on Lord Howe. */
    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-08",
        "America/New_York, 2026-11-01",
        "Europe/Berlin, 2026-03-29",
        "Europe/Berlin, 2026-10-25",
        "Europe/Dublin, 2026-10-25",
        "Australia/Lord_Howe, 2026-04-05",
        "Australia/Lord_Howe, 2026-10-04",
        "America/Santiago, 2026-04-04",
        "America/Santiago, 2026-09-06",
        "America/Havana, 2026-03-08",
        "America/Havana, 2026-11-01",
        "Africa/Casablanca, 2026-02-15",
        "Asia/Kathmandu, 2026-07-01",
        // Of which this Java may not know, or knows something else: to PostgreSQL, CET has no summer time.
        "America/Vancouver, 2026-11-01",
        "CET, 2026-03-29"
    })
    void find_whateverTheHours_offersExactlyWhatCanBeBooked(String zone, LocalDate change) throws SQLException {
        int offered = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed * 1_000L + zone.hashCode() + change.getDayOfYear());
            Diary diary = madeUp(random, zone, change);
            Set<String> times = offered(diary, change.minusDays(1), change.plusDays(1));
            assertThat(times).as("seed %d", seed).isEqualTo(model(diary, change.minusDays(1), change.plusDays(1)));
            offered += times.size();
        }
        assertThat(offered).as("times, so that something was compared").isGreaterThan(SEEDS * 10);
    }

    private static Diary madeUp(Random random, String zone, LocalDate change) {
        Diary diary = new Diary(DATABASE, zone, random.nextInt(3) == 0 ? null : week(random), 5 * random.nextInt(1, 7));
        diary.service(5 * random.nextInt(5), 5 * random.nextInt(1, 15), 5 * random.nextInt(4));
        if (random.nextInt(4) == 0) {
            diary.exception(null, change.toString(), change.toString(), day(random));
        }
        for (int i = 0; i < 2; i++) {
            UUID staff = diary.staff(week(random));
            if (random.nextInt(3) == 0) {
                diary.exception(
                        staff,
                        change.minusDays(1).toString(),
                        change.plusDays(random.nextInt(2)).toString(),
                        day(random));
            }
            for (int n = random.nextInt(12); n > 0; n--) {
                Instant from = change.minusDays(2)
                        .atStartOfDay(ZoneId.of(zone))
                        .toInstant()
                        .plusSeconds(60L * random.nextInt(5 * 1440));
                int minutes = random.nextInt(1, 200);
                diary.booking(
                        staff, from, from.plusSeconds(60L * minutes), random.nextInt(minutes), random.nextInt(5) > 0);
            }
        }
        return diary;
    }

    private static String week(Random random) {
        return "{\""
                + IntStream.range(0, 7)
                        .mapToObj(day -> DayOfWeek.of(day + 1).name().toLowerCase(Locale.ROOT) + "\":"
                                + Diary.hours(day(random)))
                        .collect(Collectors.joining(",\""))
                + "}";
    }

    /** One to five parts, most of them at night, when clocks are changed. */
    private static String day(Random random) {
        SortedSet<Integer> times = new TreeSet<>();
        for (int i = random.nextInt(1, 6) * 2; i > 0; i--) {
            times.add(random.nextInt(3) == 0 ? 10 * random.nextInt(145) : 5 * random.nextInt(60));
        }
        if (random.nextInt(3) == 0) {
            times.add(0);
        }
        if (random.nextInt(3) == 0) {
            times.add(1440);
        }
        List<Integer> all = List.copyOf(times);
        List<String> parts = new ArrayList<>();
        for (int i = 0; i + 1 < all.size(); i += 2) {
            parts.add(clock(all.get(i)) + "-" + clock(all.get(i + 1)));
        }
        return String.join(" ", parts);
    }

    private static String clock(int minutes) {
        return "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }

    private static Set<String> offered(Diary diary, LocalDate from, LocalDate to) {
        AvailabilityRequest request = new AvailabilityRequest(diary.service, null, from, to);
        if (new Availability(APP, LONG_AGO).find(diary.caller, request) instanceof Outcome.Found(FreeTimes times)) {
            return times.days().stream()
                    .flatMap(day -> day.starts().stream().map(start -> day.staff() + " " + start.toInstant()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        throw new AssertionError("nothing was found");
    }

    private static Set<String> model(Diary diary, LocalDate from, LocalDate to) throws SQLException {
        Set<String> times = new TreeSet<>();
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                PreparedStatement statement = connection.prepareStatement(MODEL)) {
            statement.setString(1, diary.practice.toString());
            statement.setString(2, from.toString());
            statement.setString(3, to.toString());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    times.add(row.getString(1));
                }
            }
        }
        return times;
    }
}
