package com.medspasync.staff;

import static com.medspasync.services.Examples.created;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.repository.Listing;
import com.medspasync.services.Booking;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of staff members, and of the days on which other hours hold. */
final class StaffStatements implements StatementExercise {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 24);

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        PracticeId practice = platform.practice("staff" + round);
        Caller caller = Examples.admin(practice);
        boolean even = round % 2 == 0;
        StaffMembers staff = StaffExamples.on(platform);
        UUID user = Booking.user(platform, practice);
        UUID other = Booking.user(platform, practice);
        UUID one = created(staff.create(
                        caller,
                        even ? StaffExamples.ada(user) : StaffExamples.named(user, "Bo", "Ray", Role.STAFF, true)))
                .id();
        created(staff.create(caller, StaffExamples.ada(other), IdempotencyKey.of("key" + round, "POST /staff", "{}")));
        staff.findById(caller, one);
        staff.update(
                caller,
                one,
                1,
                StaffExamples.patch(even ? "{\"phone\":null}" : "{\"hourlyRate\":7,\"role\":\"ADMIN\"}"));
        for (StaffOrder order : StaffOrder.values()) {
            StaffFilter filter = new StaffFilter(even ? null : Role.ADMIN, null, null, order, 1, null);
            if (staff.findAll(caller, new StaffFilter(null, null, null, order, 1, null))
                    instanceof Listing.Page<StaffMember>(var items, String next)) {
                staff.findAll(caller, new StaffFilter(null, null, null, order, 1, next));
            }
            staff.count(caller, filter);
        }
        exceptions(StaffExamples.exceptionsOn(platform), caller, even ? one : null, round);
        staff.delete(caller, one, 2);
        staff.restore(caller, one);
    }

    private static void exceptions(ScheduleExceptions exceptions, Caller caller, @Nullable UUID staff, int round) {
        ScheduleException one = created(exceptions.create(
                caller, new ExceptionDraft(staff, DAY, DAY, com.medspasync.schedule.DayHours.NONE, "Eve")));
        LocalDate later = DAY.plusDays(7);
        exceptions.create(
                caller,
                new ExceptionDraft(staff, later, later, com.medspasync.schedule.DayHours.ALL, null),
                IdempotencyKey.of("day" + round, "POST /schedule-exceptions", "{}"));
        exceptions.findById(caller, one.id());
        exceptions.update(
                caller,
                one.id(),
                1,
                new ExceptionPatch(null, DAY.plusDays(1), null, new com.medspasync.input.Change.Clear<>()));
        ExceptionFilter filter = new ExceptionFilter(staff, round % 3 == 0 ? null : DAY, null, 1, null);
        if (exceptions.findAll(caller, filter) instanceof Listing.Page<ScheduleException>(var items, String next)) {
            exceptions.findAll(caller, new ExceptionFilter(staff, round % 3 == 0 ? null : DAY, null, 1, next));
        }
        exceptions.count(caller, filter);
        exceptions.delete(caller, one.id(), 2);
        exceptions.restore(caller, one.id());
    }
}
