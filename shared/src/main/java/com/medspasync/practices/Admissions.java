package com.medspasync.practices;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.DatabaseException;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.input.Violation;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Pages;
import com.medspasync.repository.Restoration;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How operators take practices on, list them, and have closed ones back. Every caller is an operator who has named no practice. The
 * platform's own practice is none of these. Closing one is a matter of who gets in, and so {@code identity}'s.
 *
 * <p>Each method is one database round trip; only a repeated admission takes two. Thread-safe.
 */
public final class Admissions {

    private static final Sql FIND = Sql.of("""
            select %s
            from practices
            where id = :practice::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is null""".formatted(PracticeRow.COLUMNS));

    /** Under row-level security an operator's statement sees the platform's practice alone: the function lists the others. */
    private static final Sql LIST = Sql.of("""
            with page as materialized (
              select row_number() over (order by name, id) as position, *
              from admitted_practices(:after_name, :after_id::uuid, :top + 1)),
            audit as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, ip_address, user_agent, request_id, purpose, details)
              select :practice::uuid, :user::uuid, 'READ', 'practices', :address, :agent, :request::uuid, :purpose,
                jsonb_build_object('shown', (select count(*) from page where position <= :top)))
            select * from page order by position""");

    private static final Sql RESTORE = Sql.of("""
            with target as materialized (
              select deleted_at, %1$s
              from practices
              where id = :practice::uuid and id <> '00000000-0000-0000-0000-000000000000'),
            changed as (
              update practices set deleted_at = null, updated_at = now(), version = version + 1
              where id = :practice::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is not null
              returning %1$s),
            found as (
              select %1$s from changed
              union all
              select %1$s from target where deleted_at is null)
            select target.id is not null as there, found.*
            from (select) as one
            left join target on true
            left join found on true""".formatted(PracticeRow.COLUMNS));

    private static final String SAME_ID = "practices_pkey";
    private static final String UNKNOWN_ZONE = "22023";
    private static final String QUESTION = "practices";

    private final PracticeDatabase database;
    private final Practices practices;
    private final PracticeNumbers numbers;
    private final Pages pages;

    public Admissions(
            PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher, Practices practices, Pages pages) {
        this.database = database;
        this.practices = practices;
        this.numbers = new PracticeNumbers(keys, cipher);
        this.pages = pages;
    }

    /**
     * Takes a practice on, with its first key. A practice that was taken on under the same id and is as {@code wish} says is what an
     * earlier request made: it is {@code Replayed}. One that is not, or is closed, is {@code Taken}.
     */
    public Creation<Practice> admit(Caller operator, NewPractice wish) {
        Caller within = operator.actingIn(wish.id());
        try {
            return new Creation.Created<>(practices.create(within, wish).withoutNumbers());
        } catch (DatabaseException failure) {
            if (failure.sqlState().equals(UNKNOWN_ZONE)) {
                return new Creation.Refused<>(List.of(new Violation(
                        "/timeZone", "choice", "must be the name of an IANA time zone that the database knows")));
            }
            if (failure instanceof ConstraintViolated violated
                    && violated.constraint().equals(SAME_ID)) {
                return database.first(within, FIND.bind(), PracticeRow::of)
                        .filter(row -> isAs(wish, row.opened(numbers)))
                        .<Creation<Practice>>map(row -> new Creation.Replayed<>(row.withoutNumbers()))
                        .orElseGet(() -> new Creation.Taken<>("/id"));
            }
            throw failure;
        }
    }

    private static boolean isAs(NewPractice wish, Practice there) {
        return wish.equals(new NewPractice(
                there.id(),
                there.name(),
                there.address(),
                there.phone(),
                there.email(),
                there.timeZone(),
                there.taxId(),
                there.licenseNumber()));
    }

    /**
     * One page of all practices, by name, closed ones included.
     *
     * @param top how many on a page, 1 to {@link com.medspasync.repository.Paging#MOST}
     * @param cursor where the page begins, as the page before said; null for the first
     */
    public Listing<Admitted> list(Caller operator, int top, @Nullable String cursor) {
        return pages.page(
                operator.practice(),
                QUESTION,
                top,
                cursor,
                after -> database.list(operator, page(top, after), Admissions::placed));
    }

    /** Has a closed practice back, whose users may log in again; one that is not closed is only read. */
    public Restoration<Practice> restore(Caller operator, UUID id) {
        Caller within = operator.actingIn(new PracticeId(id));
        Optional<Restoration<Practice>> done;
        do {
            done = database.one(within, RESTORE.bind(), Admissions::restored);
        } while (done.isEmpty());
        return done.get();
    }

    /** Empty when somebody restored it between the statement's snapshot and its update: another run sees that. */
    private static Optional<Restoration<Practice>> restored(Row row) {
        if (!row.bool("there")) {
            return Optional.of(new Restoration.Missing<>());
        }
        return row.uuidOrNull("id") == null
                ? Optional.empty()
                : Optional.of(new Restoration.Restored<>(PracticeRow.of(row).withoutNumbers()));
    }

    private static Query page(int top, @Nullable List<String> after) {
        return LIST.bind()
                .text("after_name", after == null ? null : after.get(0))
                .text("after_id", after == null ? null : after.get(1))
                .integer("top", top);
    }

    private static Pages.Placed<Admitted> placed(Row row) {
        Admitted practice = Admitted.of(row);
        return new Pages.Placed<>(
                practice, List.of(practice.name(), practice.id().toString()));
    }
}
