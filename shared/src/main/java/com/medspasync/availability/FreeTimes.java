package com.medspasync.availability;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * When an appointment for a service may begin.
 *
 * @param timeZone the practice's
 * @param duration of the service, in minutes: an appointment that begins at one of the times ends so much later. Buffers are not part of it
 * @param days by day, and within a day by staff member; those without free times are not there
 * @param next the first day that is left out because the answer would become too long; null when none is
 */
public record FreeTimes(
        String timeZone,
        int duration,
        List<FreeDay> days,
        @Nullable LocalDate next) {

    public FreeTimes {
        days = List.copyOf(days);
    }

    /**
     * The free times that a staff member has on a day.
     *
     * @param day whose working hours they are in
     * @param starts in order, at least one; as the clocks show them there
     */
    public record FreeDay(LocalDate day, UUID staff, List<OffsetDateTime> starts) {

        public FreeDay {
            starts = List.copyOf(starts);
        }
    }
}
