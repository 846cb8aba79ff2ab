package com.medspasync.staff;

import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.StatementRefused;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Creator;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Json;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Deletion;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Outcome;
import com.medspasync.repository.Pages;
import com.medspasync.repository.Repository;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import com.medspasync.schedule.DayHours;
import com.medspasync.tenant.Caller;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The days on which other hours hold than a staff member's week, or the practice's. Each method is one database round trip, its audit
 * included. A day has one exception at most for one staff member, and one for the practice: the database refuses others.
 *
 * <p>What fails in the database is thrown: {@link DatabaseException}. Thread-safe.
 */
public final class ScheduleExceptions
        implements Repository<ScheduleException, ScheduleException, ExceptionDraft, ExceptionPatch, ExceptionFilter> {

    private static final String DAYS = "/firstDay";
    private static final String NO_OVERLAP = "schedule_exceptions_no_overlap";
    private static final String CHECK_VIOLATION = "23514";

    private final PracticeDatabase database;
    private final Creator creator;
    private final Pages pages;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** @param ids of new exceptions; ascending in time, so that new rows lie together (UUID version 7) */
    public ScheduleExceptions(
            PracticeDatabase database, Creator creator, Pages pages, Clock clock, Supplier<UUID> ids) {
        this.database = database;
        this.creator = creator;
        this.pages = pages;
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Lookup<ScheduleException> findById(Caller caller, UUID id) {
        return database.first(
                        caller,
                        ExceptionSql.FIND.bind().uuid("id", id),
                        row -> row.bool("gone")
                                ? new Lookup.Gone<ScheduleException>()
                                : new Lookup.Found<>(ScheduleException.of(row)))
                .orElseGet(Lookup.Missing::new);
    }

    @Override
    public Listing<ScheduleException> findAll(Caller caller, ExceptionFilter filter) {
        return pages.page(
                caller.practice(),
                filter.question(),
                filter.top(),
                filter.cursor(),
                after -> database.list(caller, page(filter, after), ScheduleExceptions::placed));
    }

    @Override
    public long count(Caller caller, ExceptionFilter filter) {
        return database.one(caller, bind(ExceptionSql.COUNT.bind(), filter), row -> row.bigint("count"));
    }

    /** {@code Refused} unless the staff member is one of the practice, {@code Taken} when a day has such an exception already. */
    @Override
    public Creation<ScheduleException> create(Caller caller, ExceptionDraft draft) {
        return store(caller, draft, null);
    }

    /** As {@link #create(Caller, ExceptionDraft)}; sent again under the same key within 24 hours, it gives the first answer again. */
    public Creation<ScheduleException> create(Caller caller, ExceptionDraft draft, IdempotencyKey key) {
        return store(caller, draft, key);
    }

    private Creation<ScheduleException> store(Caller caller, ExceptionDraft draft, @Nullable IdempotencyKey key) {
        ScheduleException exception = ScheduleException.of(ids.get(), draft, now());
        return creator.create(
                caller,
                ExceptionSql.CREATE,
                new Creator.Wish<>(
                        new Claim.Made("schedule_exceptions", exception.id()),
                        exception,
                        exception::bind,
                        ScheduleException::kept,
                        ScheduleException::of,
                        ScheduleExceptions::refusal),
                key);
    }

    private static Optional<Creation<ScheduleException>> refusal(DatabaseException failure) {
        if (failure instanceof StatementRefused) {
            return Optional.of(new Creation.Refused<>(
                    List.of(new Violation("/staffId", "reference", "must be a staff member of the practice"))));
        }
        return isTaken(failure) ? Optional.of(new Creation.Taken<>(DAYS)) : Optional.empty();
    }

    private static boolean isTaken(DatabaseException failure) {
        return failure instanceof ConstraintViolated violated
                && violated.constraint().equals(NO_OVERLAP);
    }

    /** {@code Taken} as for {@link #create}, {@code Refused} when the days are too many or in the wrong order together. */
    @Override
    public Update<ScheduleException> update(Caller caller, UUID id, int version, ExceptionPatch patch) {
        DayHours hours = patch.hours();
        Query query = ExceptionSql.CHANGE
                .bind()
                .uuid("id", id)
                .integer("version", version)
                .date("first_day", patch.firstDay())
                .date("last_day", patch.lastDay())
                .json("hours", hours == null ? null : Json.write(hours.json()))
                .bool("set_label", patch.label().isChange())
                .text("label", patch.label().valueOrNull())
                .instant("now", now());
        try {
            return Outcome.settled(
                    () -> database.one(caller, query, row -> Outcome.update(row, ScheduleException::of)));
        } catch (ConstraintViolated violated) {
            if (isTaken(violated)) {
                return new Update.Taken<>(DAYS);
            }
            if (violated.sqlState().equals(CHECK_VIOLATION)) {
                return new Update.Refused<>(List.of(new Violation("/lastDay", "range", ExceptionDraft.SPAN)));
            }
            throw violated;
        }
    }

    @Override
    public Deletion delete(Caller caller, UUID id, int version) {
        Query query = ExceptionSql.DELETE
                .bind()
                .uuid("id", id)
                .integer("version", version)
                .instant("now", now());
        return Outcome.settled(() -> database.one(caller, query, Outcome::deletion));
    }

    /** Makes a deleted exception hold again, unless another took one of its days; one that is not deleted is only read. */
    public Restoration<ScheduleException> restore(Caller caller, UUID id) {
        Query query = ExceptionSql.RESTORE.bind().uuid("id", id).instant("now", now());
        try {
            return Outcome.settled(
                    () -> database.one(caller, query, row -> Outcome.restoration(row, ScheduleException::of)));
        } catch (ConstraintViolated violated) {
            if (isTaken(violated)) {
                return new Restoration.Taken<>(DAYS);
            }
            throw violated;
        }
    }

    private static Query page(ExceptionFilter filter, @Nullable List<String> after) {
        Query query = bind((after == null ? ExceptionSql.FIRST_PAGE : ExceptionSql.LATER_PAGE).bind(), filter)
                .integer("top", filter.top())
                .json("criteria", filter.criteria());
        return after == null ? query : query.text("after_day", after.get(0)).text("after_id", after.get(1));
    }

    private static Query bind(Query query, ExceptionFilter filter) {
        return query.uuid("staff_id", filter.staffId())
                .date("from", filter.from())
                .date("to", filter.to());
    }

    private static Pages.Placed<ScheduleException> placed(Row row) {
        ScheduleException exception = ScheduleException.of(row);
        return new Pages.Placed<>(
                exception,
                List.of(exception.firstDay().toString(), exception.id().toString()));
    }

    /** As exact as the database keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
