package com.medspasync.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.database.EmbeddedDatabase;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Hours name the same moments here and in the database, which checks bookings by them: on the days before, of and after each change of clocks from 2024 to 2030, in every
 * time zone of which both know the same. (Of some they do not; so nothing that has to agree goes by this Java's rules.)
 */
class WallClockTest {

    private static final Instant FIRST = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2031-01-01T00:00:00Z");
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void startsAt_changesOfClocks_areWhatPostgresMakesOfThem() throws SQLException {
        Set<String> compared = new TreeSet<>();
        Set<String> different = new TreeSet<>();
        Set<String> otherRules = new TreeSet<>();
        Set<ZoneRules> seen = new HashSet<>();
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.SUPERUSER)) {
            for (String zone : zones(connection)) {
                ZoneRules rules = ZoneId.of(zone).getRules();
                Set<Instant> changes = changes(rules);
                if (!knowTheSame(connection, zone, changes)) {
                    otherRules.add(zone);
                } else if (seen.add(rules)) {
                    compared.add(zone);
                    if (!nameTheSame(connection, zone, days(rules, changes))) {
                        different.add(zone);
                    }
                }
            }
        }
        assertThat(different).isEmpty();
        assertThat(compared)
                .as("besides %s", otherRules)
                .hasSizeGreaterThan(50)
                .anyMatch(zone -> ZoneId.of(zone)
                        .getRules()
                        .equals(ZoneId.of("Europe/Dublin").getRules()))
                .contains("Australia/LHI", "America/Havana", "America/New_York");
        assertThat(otherRules).hasSizeLessThan(30);
    }

    private static List<String> zones(Connection connection) throws SQLException {
        List<String> zones = new ArrayList<>();
        try (ResultSet row =
                connection.createStatement().executeQuery("select name from pg_timezone_names order by name")) {
            while (row.next()) {
                if (ZoneId.getAvailableZoneIds().contains(row.getString(1))) {
                    zones.add(row.getString(1));
                }
            }
        }
        return zones;
    }

    private static Set<Instant> changes(ZoneRules rules) {
        Set<Instant> changes = new TreeSet<>();
        ZoneOffsetTransition next = rules.nextTransition(FIRST);
        while (next != null && next.getInstant().isBefore(LAST)) {
            changes.add(next.getInstant());
            next = rules.nextTransition(next.getInstant());
        }
        return changes;
    }

    /** Whether both have the same offsets: each month, and a second before and after each change. */
    private static boolean knowTheSame(Connection connection, String zone, Set<Instant> changes) throws SQLException {
        List<Instant> moments = new ArrayList<>();
        for (int day = 0; day < 7 * 365; day += 28) {
            moments.add(FIRST.plusSeconds(day * 86_400L));
        }
        changes.forEach(change -> moments.addAll(List.of(change.minusSeconds(1), change)));
        try (PreparedStatement statement = connection.prepareStatement("""
                select extract(epoch from (at::timestamptz at time zone ?) - (at::timestamptz at time zone 'UTC'))::int
                from unnest(?::text[]) with ordinality as moments (at, n)
                order by n""")) {
            statement.setString(1, zone);
            statement.setArray(2, texts(connection, moments));
            try (ResultSet row = statement.executeQuery()) {
                for (Instant moment : moments) {
                    row.next();
                    if (row.getInt(1)
                            != ZoneId.of(zone).getRules().getOffset(moment).getTotalSeconds()) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static List<LocalDate> days(ZoneRules rules, Set<Instant> changes) {
        Set<LocalDate> days = new TreeSet<>(Set.of(LocalDate.of(2026, 1, 15), LocalDate.of(2026, 7, 15)));
        for (Instant change : changes) {
            LocalDate day = LocalDate.ofInstant(change, rules.getOffset(change));
            days.addAll(List.of(day.minusDays(1), day, day.plusDays(1)));
        }
        return List.copyOf(days);
    }

    private static boolean nameTheSame(Connection connection, String zone, List<LocalDate> days) throws SQLException {
        ZoneRules rules = ZoneId.of(zone).getRules();
        List<TimeRange> times = new ArrayList<>();
        for (int minute = 15; minute <= 1440; minute += 15) {
            times.add(new TimeRange(minute - 15, minute));
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                select extract(epoch from (d::date + f::time) at time zone ?)::bigint, extract(epoch from (d::date + t::time) at time zone ?)::bigint
                from unnest(?::text[]) with ordinality as days (d, n) cross join unnest(?::text[], ?::text[]) with ordinality as times (f, t, m)
                order by n, m""")) {
            statement.setString(1, zone);
            statement.setString(2, zone);
            statement.setArray(3, texts(connection, days));
            statement.setArray(
                    4, texts(connection, times.stream().map(TimeRange::fromText).toList()));
            statement.setArray(
                    5, texts(connection, times.stream().map(TimeRange::toText).toList()));
            boolean same = true;
            try (ResultSet row = statement.executeQuery()) {
                for (LocalDate day : days) {
                    for (TimeRange time : times) {
                        row.next();
                        same &= row.getLong(1) == time.startsAt(day, rules).getEpochSecond()
                                && row.getLong(2) == time.endsAt(day, rules).getEpochSecond();
                    }
                }
            }
            return same;
        }
    }

    private static Array texts(Connection connection, List<?> values) throws SQLException {
        return connection.createArrayOf(
                "text", values.stream().map(Object::toString).toArray());
    }
}
