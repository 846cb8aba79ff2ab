package com.medspasync.availability;

import static com.medspasync.availability.Diary.daily;
import static com.medspasync.availability.Diary.hours;
import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.availability.Availability.Outcome;
import com.medspasync.availability.FreeTimes.FreeDay;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.WireCounter;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private static final String ZONE = "America/New_York";
    private static final Clock LONG_AGO = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final PracticeDatabase APP = DATABASE.open(EmbeddedDatabase.APP);

    /** A Monday. */
    private static final String DAY = "2026-11-23";

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void find_day_offersTimesFromTheBeginningOfEachPartThatFitWithTheirBuffers() {
        Diary diary = diary(daily(hours("08:00-18:00")), 15);
        diary.service(10, 45, 5);
        diary.staff(daily(hours("09:00-11:00 13:00-14:00 15:00-15:59")));
        assertThat(wall(diary, DAY, DAY)).isEqualTo("23 09:10 09:25 09:40 09:55 10:10 13:10");
    }

    @Test
    void find_partsThatOverlapTheOpeningHours_countFromWhereBothBegin() {
        Diary diary = diary(daily(hours("09:10-12:00 12:20-17:00")), 30);
        diary.service(0, 30, 0);
        diary.staff(daily(hours("07:00-10:30 11:30-13:00")));
        assertThat(wall(diary, DAY, DAY)).isEqualTo("23 09:10 09:40 11:30 12:20");
    }

    @Test
    void find_practiceWithoutOpeningHours_isAlwaysOpen_andStaffWithoutHoursNeverWorks() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        diary.staff(null);
        assertThat(wall(diary, DAY, DAY)).isEmpty();
        diary.staff(daily(hours("00:00-02:00 22:00-24:00")));
        assertThat(wall(diary, DAY, DAY)).isEqualTo("23 00:00 01:00 22:00 23:00");
    }

    @Test
    void find_exceptions_replaceTheWeeksHoursOfStaffAndOfPractice() {
        Diary diary = diary(daily(hours("09:00-12:00")), 60);
        diary.service(0, 60, 0);
        UUID staff = diary.staff("{\"monday\":%s}".formatted(hours("09:00-12:00")));
        UUID other = diary.staff(daily(hours("11:00-12:00")));
        diary.exception(staff, "2026-11-24", "2026-11-24", "10:00-12:00");
        diary.exception(staff, "2026-11-30", "2026-12-20", "");
        diary.exception(null, "2026-11-26", "2026-11-27", "");
        diary.exception(null, "2026-11-28", "2026-11-28", "11:00-14:00");
        diary.exception(other, "2026-11-28", "2026-11-28", "12:00-14:00");
        DATABASE.execute(
                "update schedule_exceptions set deleted_at = now() where practice_id = '%s' and first_day = '2026-11-24'"
                        .formatted(diary.practice));
        diary.exception(staff, "2026-11-24", "2026-11-24", "10:00-11:00");
        assertThat(wall(diary, staff, "2026-11-23", "2026-11-30")).isEqualTo("23 09:00 10:00 11:00|24 10:00");
        assertThat(wall(diary, other, "2026-11-25", "2026-11-30"))
                .isEqualTo("25 11:00|28 12:00 13:00|29 11:00|30 11:00");
    }

    @Test
    void find_bookings_takeWhatTheyCoverWithTheirBuffersAndNoMore() {
        Diary diary = diary(null, 15);
        diary.service(15, 30, 15);
        UUID staff = diary.staff(daily(hours("09:00-12:00")));
        diary.booking(staff, "2026-11-23T15:00:00Z", "2026-11-23T15:45:00Z");
        assertThat(wall(diary, DAY, DAY)).isEqualTo("23 09:15 11:00 11:15");
        Diary another = diary(null, 15);
        another.service(15, 30, 15);
        UUID cancelled = another.staff(daily(hours("09:00-10:00")));
        another.booking(
                cancelled, Instant.parse("2026-11-23T14:00:00Z"), Instant.parse("2026-11-23T15:00:00Z"), 0, false);
        assertThat(wall(another, DAY, DAY)).isEqualTo("23 09:15");
    }

    /** The longest that there may be: the appointment starts two days before, or a day after. */
    @Test
    void find_bookingsFromOutsideTheDays_takeWhatTheyReach() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        UUID staff = diary.staff(daily(hours("00:00-24:00")));
        diary.booking(staff, Instant.parse("2026-11-21T06:00:00Z"), Instant.parse("2026-11-23T06:00:00Z"), 0, true);
        diary.booking(staff, Instant.parse("2026-11-24T04:00:00Z"), Instant.parse("2026-11-25T04:01:00Z"), 1440, true);
        assertThat(wall(diary, DAY, DAY)).startsWith("23 01:00 02:00").endsWith("21:00 22:00");
    }

    @Test
    void find_todaysPast_isNotOffered() {
        Diary diary = diary(null, 15);
        diary.service(5, 10, 0);
        diary.staff(daily(hours("09:00-10:00")));
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T14:20:00Z"), ZoneOffset.UTC);
        assertThat(wall(found(diary, clock, null, "2026-11-22", "2026-11-24")))
                .isEqualTo("23 09:20 09:35 09:50|24 09:05 09:20 09:35 09:50");
    }

    @Test
    void find_clockPutForward_skipsTheHourThatIsNot() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        diary.staff(daily(hours("00:30-04:30")));
        assertThat(starts(diary, "2026-03-08"))
                .containsExactly("2026-03-08T00:30-05:00", "2026-03-08T01:30-05:00", "2026-03-08T03:30-04:00");
    }

    @Test
    void find_clockPutBack_offersTheHourThatIsTwiceTwice() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        diary.staff(daily(hours("00:30-03:30")));
        assertThat(starts(diary, "2026-11-01"))
                .containsExactly(
                        "2026-11-01T00:30-04:00",
                        "2026-11-01T01:30-04:00",
                        "2026-11-01T01:30-05:00",
                        "2026-11-01T02:30-05:00");
    }

    @Test
    void find_staffWhoDoNotCount_areLeftOut() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        String nine = daily(hours("09:00-10:00"));
        UUID giving = diary.staff(nine);
        UUID inactive = diary.staff(nine);
        UUID deleted = diary.staff(nine);
        UUID other = diary.staff(nine, "Massage");
        diary.execute(
                "update staff set active = false where id = '%s'".formatted(inactive),
                "update staff set deleted_at = now() where id = '%s'".formatted(deleted));
        assertThat(found(diary, LONG_AGO, null, DAY, DAY).days())
                .extracting(FreeDay::staff)
                .containsExactly(giving);
        assertThat(wall(diary, inactive, DAY, DAY)).isEmpty();
        assertThat(wall(diary, other, DAY, DAY)).isEmpty();
        assertThat(wall(diary, giving, DAY, DAY)).isEqualTo("23 09:00");
        for (UUID unknown : new UUID[] {deleted, UUID.randomUUID(), foreign()}) {
            assertThat(find(diary, LONG_AGO, diary.service, unknown, DAY, DAY)).isEqualTo(new Outcome.NoStaff());
        }
    }

    @Test
    void find_serviceThatIsNotGiven_isNoService() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        diary.staff(daily(hours("09:00-10:00")));
        assertThat(find(diary, LONG_AGO, UUID.randomUUID(), null, DAY, DAY)).isEqualTo(new Outcome.NoService());
        diary.execute("update services set active = false where id = '%s'".formatted(diary.service));
        assertThat(find(diary, LONG_AGO, diary.service, null, DAY, DAY)).isEqualTo(new Outcome.NoService());
        diary.execute("update services set active = true, deleted_at = now() where id = '%s'".formatted(diary.service));
        assertThat(find(diary, LONG_AGO, diary.service, null, DAY, DAY)).isEqualTo(new Outcome.NoService());
    }

    @Test
    void find_serviceThatNobodyGives_hasNoTimes() {
        Diary diary = diary(null, 60);
        diary.service(0, 60, 0);
        assertThat(found(diary, LONG_AGO, null, DAY, DAY)).isEqualTo(new FreeTimes(ZONE, 60, List.of(), null));
    }

    @Test
    void find_moreThanEnough_endsAfterAWholeDayAndSaysWhereToGoOn() {
        Diary diary = diary(null, 5);
        diary.service(0, 5, 0);
        for (int i = 0; i < 4; i++) {
            diary.staff(daily(hours("00:00-24:00")));
        }
        FreeTimes first = found(diary, LONG_AGO, null, "2026-11-02", "2026-12-02");
        assertThat(first.next()).isEqualTo("2026-11-11");
        assertThat(first.days().stream().mapToInt(day -> day.starts().size()).sum())
                .isEqualTo(9 * 4 * 288);
        FreeTimes last = found(diary, LONG_AGO, null, "2026-11-11", "2026-11-12");
        assertThat(last.next()).isNull();
        assertThat(last.days()).hasSize(8);
    }

    @Test
    void find_always_takesOneRoundTrip() {
        try (WireCounter wire = WireCounter.before(DATABASE);
                PracticeDatabase counted =
                        DATABASE.open(wire.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            Diary diary = diary(null, 15);
            diary.service(0, 60, 0);
            diary.staff(daily(hours("09:00-17:00")));
            Availability availability = new Availability(counted, LONG_AGO);
            availability.find(diary.caller, request(diary.service, null, DAY, DAY));
            for (int i = 0; i < 12; i++) {
                assertThat(wire.during(() -> availability.find(diary.caller, request(diary.service, null, DAY, DAY)))
                                .count())
                        .isEqualTo(1);
            }
        }
    }

    private static UUID foreign() {
        return diary(null, 15).staff(null);
    }

    private static Diary diary(@Nullable String openingHours, int slotMinutes) {
        return new Diary(DATABASE, ZONE, openingHours, slotMinutes);
    }

    private static AvailabilityRequest request(UUID service, @Nullable UUID staff, String from, String to) {
        return new AvailabilityRequest(service, staff, LocalDate.parse(from), LocalDate.parse(to));
    }

    private static Outcome find(Diary diary, Clock clock, UUID service, @Nullable UUID staff, String from, String to) {
        return new Availability(APP, clock).find(diary.caller, request(service, staff, from, to));
    }

    private static FreeTimes found(Diary diary, Clock clock, @Nullable UUID staff, String from, String to) {
        if (find(diary, clock, diary.service, staff, from, to) instanceof Outcome.Found(FreeTimes times)) {
            return times;
        }
        throw new AssertionError("nothing was found");
    }

    private static List<String> starts(Diary diary, String day) {
        return found(diary, LONG_AGO, null, day, day).days().getFirst().starts().stream()
                .map(OffsetDateTime::toString)
                .toList();
    }

    private static String wall(Diary diary, String from, String to) {
        return wall(found(diary, LONG_AGO, null, from, to));
    }

    private static String wall(Diary diary, UUID staff, String from, String to) {
        return wall(found(diary, LONG_AGO, staff, from, to));
    }

    /** Days of the month with their times, as the clock on the wall shows them. */
    private static String wall(FreeTimes times) {
        DateTimeFormatter time = DateTimeFormatter.ofPattern("HH:mm");
        return times.days().stream()
                .map(day -> day.day().getDayOfMonth() + " "
                        + day.starts().stream().map(time::format).collect(Collectors.joining(" ")))
                .collect(Collectors.joining("|"));
    }
}
