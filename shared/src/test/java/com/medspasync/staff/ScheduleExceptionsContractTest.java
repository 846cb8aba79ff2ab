package com.medspasync.staff;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.input.Change;
import com.medspasync.repository.Repository;
import com.medspasync.repository.RepositoryContract;
import com.medspasync.schedule.DayHours;
import com.medspasync.schedule.TimeRange;
import com.medspasync.tenant.Caller;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

class ScheduleExceptionsContractTest
        extends RepositoryContract<
                ScheduleException, ScheduleException, ExceptionDraft, ExceptionPatch, ExceptionFilter> {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
    private static final Platform PLATFORM = Platform.on(DATABASE);

    private final ScheduleExceptions exceptions = StaffExamples.exceptionsOn(PLATFORM);
    private final Caller caller = Examples.admin(PLATFORM.practice("glow"));
    private final Caller stranger = Examples.admin(PLATFORM.practice("radiance"));
    private final AtomicInteger days = new AtomicInteger();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected Repository<ScheduleException, ScheduleException, ExceptionDraft, ExceptionPatch, ExceptionFilter>
            repository() {
        return exceptions;
    }

    @Override
    protected boolean auditsListed() {
        return false;
    }

    @Override
    protected Caller caller() {
        return caller;
    }

    @Override
    protected Caller stranger() {
        return stranger;
    }

    @Override
    protected ExceptionDraft draft() {
        LocalDate day = LocalDate.of(2027, 1, 1).plusDays(2L * days.incrementAndGet());
        return new ExceptionDraft(null, day, day.plusDays(1), DayHours.NONE, "Holiday");
    }

    @Override
    protected ExceptionPatch patch(int mark) {
        return new ExceptionPatch(
                null, null, new DayHours(List.of(new TimeRange(0, mark))), new Change.Set<>("mark " + mark));
    }

    @Override
    protected boolean shows(ScheduleException exception, int mark) {
        return ("mark " + mark).equals(exception.label())
                && exception.hours().parts().equals(List.of(new TimeRange(0, mark)));
    }

    @Override
    protected UUID id(ScheduleException exception) {
        return exception.id();
    }

    @Override
    protected int version(ScheduleException exception) {
        return exception.version();
    }

    @Override
    protected UUID shownId(ScheduleException exception) {
        return exception.id();
    }

    @Override
    protected ExceptionFilter page(int top, @Nullable String cursor) {
        return new ExceptionFilter(null, null, null, top, cursor);
    }

    @Override
    protected List<String> audited(UUID id) {
        return PLATFORM.audited(id);
    }
}
