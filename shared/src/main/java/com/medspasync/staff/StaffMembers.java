package com.medspasync.staff;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.StatementRefused;
import com.medspasync.idempotency.Claim;
import com.medspasync.idempotency.Creator;
import com.medspasync.idempotency.IdempotencyKey;
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
 * Who works in a practice. Each method is one database round trip, its audit included. A user has one staff record at most that is not
 * deleted.
 *
 * <p>What fails in the database is thrown: {@link DatabaseException}. Thread-safe.
 */
public final class StaffMembers implements Repository<StaffMember, StaffMember, StaffDraft, StaffPatch, StaffFilter> {

    private static final String USER = "/userId";
    private static final String ONE_RECORD = "staff_user_unique";

    private final PracticeDatabase database;
    private final Creator creator;
    private final StaffList list;
    private final Clock clock;
    private final Supplier<UUID> ids;

    /** @param ids of new staff members; ascending in time, so that new rows lie together (UUID version 7) */
    public StaffMembers(PracticeDatabase database, Creator creator, Pages pages, Clock clock, Supplier<UUID> ids) {
        this.database = database;
        this.creator = creator;
        this.list = new StaffList(database, pages);
        this.clock = clock;
        this.ids = ids;
    }

    @Override
    public Lookup<StaffMember> findById(Caller caller, UUID id) {
        return database.first(
                        caller,
                        StaffSql.FIND.bind().uuid("id", id),
                        row -> row.bool("gone")
                                ? new Lookup.Gone<StaffMember>()
                                : new Lookup.Found<>(StaffRow.read(row, caller)))
                .orElseGet(Lookup.Missing::new);
    }

    @Override
    public Listing<StaffMember> findAll(Caller caller, StaffFilter filter) {
        return list.page(caller, filter);
    }

    @Override
    public long count(Caller caller, StaffFilter filter) {
        return list.count(caller, filter);
    }

    /** {@code Refused} unless the user is an active one of the practice, {@code Taken} when they have a staff record. */
    @Override
    public Creation<StaffMember> create(Caller caller, StaffDraft draft) {
        return store(caller, draft, null);
    }

    /** As {@link #create(Caller, StaffDraft)}; sent again under the same key within 24 hours, it gives the first answer again. */
    public Creation<StaffMember> create(Caller caller, StaffDraft draft, IdempotencyKey key) {
        return store(caller, draft, key);
    }

    private Creation<StaffMember> store(Caller caller, StaffDraft draft, @Nullable IdempotencyKey key) {
        StaffMember member = StaffMember.of(ids.get(), draft, now());
        Creation<StaffMember> creation = creator.create(
                caller,
                StaffSql.CREATE,
                new Creator.Wish<>(
                        new Claim.Made("staff", member.id()),
                        member,
                        query -> StaffRow.bind(query, member),
                        StaffRow::write,
                        kept -> StaffRow.read(kept, caller),
                        StaffMembers::refusal),
                key);
        return creation instanceof Creation.Created<StaffMember>(StaffMember created)
                ? new Creation.Created<>(created.shownTo(caller))
                : creation;
    }

    private static Optional<Creation<StaffMember>> refusal(DatabaseException failure) {
        if (failure instanceof StatementRefused) {
            return Optional.of(new Creation.Refused<>(
                    List.of(new Violation(USER, "reference", "must be an active user of the practice"))));
        }
        return isTaken(failure) ? Optional.of(new Creation.Taken<>(USER)) : Optional.empty();
    }

    private static boolean isTaken(DatabaseException failure) {
        return failure instanceof ConstraintViolated violated
                && violated.constraint().equals(ONE_RECORD);
    }

    /** {@code Booked} when it deactivates somebody with appointments to come. */
    @Override
    public Update<StaffMember> update(Caller caller, UUID id, int version, StaffPatch patch) {
        PersonName firstName = patch.firstName();
        PersonName lastName = patch.lastName();
        Query query = StaffSql.CHANGE
                .bind()
                .uuid("id", id)
                .integer("version", version)
                .text("first_name", firstName == null ? null : firstName.value())
                .text("last_name", lastName == null ? null : lastName.value())
                .text("role", patch.role() == null ? null : patch.role().name())
                .texts("specializations", patch.specializations())
                .bool("set_phone", patch.phone().isChange())
                .text("phone", patch.phone().map(PhoneNumber::e164).valueOrNull())
                .bool("set_email", patch.email().isChange())
                .text("email", patch.email().map(EmailAddress::value).valueOrNull())
                .bool("set_working_hours", patch.workingHours().isChange())
                .json("working_hours", StaffRow.json(patch.workingHours().valueOrNull()))
                .bool("set_hourly_rate", patch.hourlyRate().isChange())
                .numeric("hourly_rate", patch.hourlyRate().valueOrNull())
                .bool("active", patch.active())
                .instant("now", now());
        return Outcome.settled(() ->
                database.one(caller, query, row -> Outcome.update(row, each -> StaffRow.read(each, caller))));
    }

    /** {@code Booked} when there are appointments to come. */
    @Override
    public Deletion delete(Caller caller, UUID id, int version) {
        Query query = StaffSql.DELETE
                .bind()
                .uuid("id", id)
                .integer("version", version)
                .instant("now", now());
        return Outcome.settled(() -> database.one(caller, query, Outcome::deletion));
    }

    /** Makes a deleted staff member be there again, unless the user has got another record; one who is not deleted is only read. */
    public Restoration<StaffMember> restore(Caller caller, UUID id) {
        Query query = StaffSql.RESTORE.bind().uuid("id", id).instant("now", now());
        try {
            return Outcome.settled(() ->
                    database.one(caller, query, row -> Outcome.restoration(row, each -> StaffRow.read(each, caller))));
        } catch (ConstraintViolated violated) {
            if (isTaken(violated)) {
                return new Restoration.Taken<>(USER);
            }
            throw violated;
        }
    }

    /** As exact as the database keeps it, so that what is answered now is what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
