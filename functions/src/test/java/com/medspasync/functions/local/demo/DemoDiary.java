package com.medspasync.functions.local.demo;

import com.medspasync.schedule.TimeRange;
import com.medspasync.services.Service;
import com.medspasync.staff.StaffMember;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes up who comes to a demo practice, when, and what becomes of it. A day is the same whenever it is asked for: only what becomes of its appointments
 * goes by how late it is. Immutable.
 */
final class DemoDiary {

    private static final List<String> NOTES = List.of(
            "First visit. Asked about aftercare; leaflet given.",
            "Sensitive around the eyes.\nShorter on the left side.",
            "Prefers the quiet room.",
            "Patch test on the forearm, no reaction after 20 minutes.",
            "Would like the same shade as last time.");

    /** What becomes of an appointment. */
    enum Fate {
        PAID,
        UNPAID,
        NO_SHOW,
        CALLED_OFF_BY_PRACTICE,
        CALLED_OFF_BY_CLIENT,
        CONFIRMED,
        SCHEDULED
    }

    /**
     * One appointment.
     *
     * @param guest tells whose it is among the clients who come that day: nobody comes twice where there are enough of them
     */
    record Entry(
            UUID staff,
            UUID service,
            Instant at,
            int guest,
            @Nullable String notes,
            Fate fate) {}

    private final long seed;
    private final ZoneId zone;
    private final List<StaffMember> staff;
    private final List<Service> services;
    private final Instant now;

    /** @param seed tells practices apart */
    DemoDiary(long seed, ZoneId zone, List<StaffMember> staff, List<Service> services, Instant now) {
        this.seed = seed;
        this.zone = zone;
        this.staff = staff.stream()
                .filter(StaffMember::active)
                .sorted(Comparator.comparing(member ->
                        member.lastName().value() + " " + member.firstName().value()))
                .toList();
        this.services = services.stream()
                .filter(Service::active)
                .sorted(Comparator.comparing(Service::name))
                .toList();
        this.now = now;
    }

    /** The appointments of a day, one staff member's after the other's. */
    List<Entry> on(LocalDate day) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_000 + day.toEpochDay());
        List<Entry> entries = new ArrayList<>();
        for (StaffMember member : staff) {
            List<Service> given = services.stream()
                    .filter(service -> member.specializations().contains(service.category()))
                    .toList();
            if (!given.isEmpty() && member.workingHours() != null) {
                for (TimeRange part :
                        member.workingHours().on(day.getDayOfWeek()).parts()) {
                    fill(part, day, member, given, random, entries);
                }
            }
        }
        return entries;
    }

    private void fill(
            TimeRange part,
            LocalDate day,
            StaffMember member,
            List<Service> given,
            RandomGenerator random,
            List<Entry> entries) {
        int free = part.from() + 15 * random.nextInt(13);
        while (free < part.to()) {
            Service service = given.get(random.nextInt(given.size()));
            int begin = roundedUp(free + service.bufferBefore());
            int end = begin + service.duration() + service.bufferAfter();
            if (end <= part.to()) {
                Instant at = day.atStartOfDay().plusMinutes(begin).atZone(zone).toInstant();
                boolean over = !at.plus(Duration.ofMinutes(service.duration())).isAfter(now);
                entries.add(new Entry(
                        member.id(), service.id(), at, entries.size(), notes(random), fate(random, at, over)));
            }
            free = end + 15 * (4 + random.nextInt(13));
        }
    }

    private static int roundedUp(int minute) {
        return (minute + 14) / 15 * 15;
    }

    private static @Nullable String notes(RandomGenerator random) {
        String note = NOTES.get(random.nextInt(NOTES.size()));
        return random.nextInt(8) == 0 ? note : null;
    }

    /** What is said of the next day and later may still be in time: a client who calls off today is late. */
    private Fate fate(RandomGenerator random, Instant at, boolean over) {
        double drawn = random.nextDouble();
        if (over) {
            return drawn < 0.82
                    ? Fate.PAID
                    : drawn < 0.87
                            ? Fate.UNPAID
                            : drawn < 0.92 ? Fate.NO_SHOW : drawn < 0.98 ? Fate.CALLED_OFF_BY_PRACTICE : Fate.PAID;
        }
        if (drawn < 0.05 && at.isAfter(now.plus(Duration.ofDays(2)))) {
            return Fate.CALLED_OFF_BY_CLIENT;
        }
        return drawn < 0.45 ? Fate.CONFIRMED : Fate.SCHEDULED;
    }
}
