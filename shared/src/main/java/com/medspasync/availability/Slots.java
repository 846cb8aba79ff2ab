package com.medspasync.availability;

import com.medspasync.schedule.DayHours;
import com.medspasync.schedule.TimeRange;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Finds the times at which an appointment may begin.
 *
 * <p>A stretch of working time is what a part of the staff member's hours has in common with a part of the practice's. That is told by points in time and not by
 * the clock on the wall: where it is put forward, what it shows first may come last. In each stretch a slot begins with the stretch and then every so many minutes
 * that pass. It is offered when the whole occupied time lies in the stretch, none of it is taken, and it begins on the day whose hours they are. The functions
 * {@code works} and {@code covers} of the database, by which bookings are checked, say the same; a test holds the two against each other.
 *
 * @param clocks how they go where the practice is
 * @param every minutes from one slot to the next
 */
record Slots(ZoneRules clocks, int every, Occupation occupation) {

    private static final long MINUTE = 60;

    /**
     * The free times of a staff member on a day, in order.
     *
     * @param open when the practice is open on {@code day}
     * @param working when the staff member works on {@code day}
     * @param notBefore when an appointment may begin at the earliest
     */
    List<OffsetDateTime> on(LocalDate day, DayHours open, DayHours working, Taken taken, Instant notBefore) {
        SortedSet<OffsetDateTime> starts = new TreeSet<>();
        for (TimeRange own : working.parts()) {
            for (TimeRange common : open.parts()) {
                long begin = Math.max(begin(own, day), begin(common, day));
                long end = Math.min(end(own, day), end(common, day));
                addFree(begin, end, day, taken, notBefore, starts);
            }
        }
        return List.copyOf(starts);
    }

    private void addFree(
            long begin, long end, LocalDate day, Taken taken, Instant notBefore, SortedSet<OffsetDateTime> starts) {
        long occupied = occupation.minutes() * MINUTE;
        for (long from = begin; from + occupied <= end; from += every * MINUTE) {
            long start = from + occupation.before() * MINUTE;
            if (!Instant.ofEpochSecond(start).isBefore(notBefore)
                    && taken.isFree(from, from + occupied)
                    && shown(from).toLocalDate().equals(day)) {
                starts.add(shown(start));
            }
        }
    }

    /** What the clocks show. */
    private OffsetDateTime shown(long second) {
        ZoneOffset offset = clocks.getOffset(Instant.ofEpochSecond(second));
        return OffsetDateTime.of(LocalDateTime.ofEpochSecond(second, 0, offset), offset);
    }

    private long begin(TimeRange range, LocalDate day) {
        return range.startsAt(day, clocks).getEpochSecond();
    }

    private long end(TimeRange range, LocalDate day) {
        return range.endsAt(day, clocks).getEpochSecond();
    }
}
