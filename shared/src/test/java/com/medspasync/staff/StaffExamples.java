package com.medspasync.staff;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Platform;
import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.idempotency.Creator;
import com.medspasync.input.Parsed;
import com.medspasync.schedule.DayHours;
import com.medspasync.schedule.TimeRange;
import com.medspasync.schedule.WeekHours;
import com.medspasync.services.Examples;
import com.medspasync.tenant.Role;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Staff members to try things with. */
public final class StaffExamples {

    static final WeekHours MONDAYS =
            new WeekHours(Map.of(DayOfWeek.MONDAY, new DayHours(List.of(new TimeRange(9 * 60, 17 * 60 + 30)))));

    private StaffExamples() {}

    /** The repository, wired as the application wires it. */
    public static StaffMembers on(Platform platform) {
        return new StaffMembers(
                platform.database(),
                new Creator(platform.database(), platform.keys(), platform.idempotency()),
                platform.pages(),
                Clock.systemUTC(),
                Generators.timeBasedEpochRandomGenerator()::generate);
    }

    /** The days off and on, wired as the application wires them. */
    static ScheduleExceptions exceptionsOn(Platform platform) {
        return new ScheduleExceptions(
                platform.database(),
                new Creator(platform.database(), platform.keys(), platform.idempotency()),
                platform.pages(),
                Clock.systemUTC(),
                Generators.timeBasedEpochRandomGenerator()::generate);
    }

    /** One with every field. */
    static StaffDraft ada(UUID user) {
        return new StaffDraft(
                user,
                new PersonName("Ada"),
                new PersonName("O’Brien-Müller"),
                Role.PRACTITIONER,
                List.of("Skin", "Injectables"),
                new PhoneNumber("+12125550123"),
                new EmailAddress("ada@glow.example"),
                MONDAYS,
                new BigDecimal("62.50"),
                true);
    }

    /** One with the least. */
    static StaffDraft named(
            UUID user, String first, String last, Role role, boolean active, String... specializations) {
        return new StaffDraft(
                user,
                new PersonName(first),
                new PersonName(last),
                role,
                List.of(specializations),
                null,
                null,
                null,
                null,
                active);
    }

    /** A merge patch, as it is sent. */
    static StaffPatch patch(String json) {
        return switch (StaffPatch.read(Examples.fields(json))) {
            case Parsed.Valid<StaffPatch>(StaffPatch patch) -> patch;
            case Parsed.Invalid<StaffPatch>(var violations) -> throw new AssertionError(violations.toString());
        };
    }
}
