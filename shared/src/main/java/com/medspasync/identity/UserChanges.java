package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import java.util.UUID;

/**
 * What users may do, and whether they may at all. One round trip.
 *
 * <p>Another role counts with the user's very next request, on every instance, because each statement that is run for a user compares it
 * ({@code require_session}); the user goes on by refreshing the session. Who is deactivated is out at once, as are all their sessions and
 * one-time tokens.
 *
 * <p><b>One administrator always remains</b> who is active and has chosen a password. A statement that could take one away locks all of
 * them first, in the order of their ids, so that of several at once each sees what the one before left; nobody who becomes an administrator
 * meanwhile counts for it, which errs on the safe side. Thread-safe.
 */
public final class UserChanges {

    /**
     * Sessions and tokens end with either turn of {@code active}: a login or a notice that was under way when the user was deactivated may have
     * left one that this statement's snapshot did not show, and that must not come back to life with the user.
     */
    private static final Sql CHANGE = Sql.of("""
            with locked as materialized (
              select id, version, role, active, password is not null as entered
              from users
              where practice_id = :practice::uuid and deleted_at is null
                and (id = :id::uuid or (:removes and role = 'ADMIN' and active and password is not null))
              order by id
              for update),
            target as (
              select t.id, t.version <> :version as stale, t.active <> coalesce(:active, t.active) as turns,
                (t.role, t.active) <> (coalesce(:role, t.role), coalesce(:active, t.active)) as differs,
                :removes and t.role = 'ADMIN' and t.active and t.entered and not exists (
                  select from locked o
                  where o.id <> t.id and o.role = 'ADMIN' and o.active and o.entered) as last_admin
              from locked t
              where t.id = :id::uuid),
            changed as (
              update users u
              set role = coalesce(:role, u.role), active = coalesce(:active, u.active), version = u.version + t.differs::int,
                updated_at = case when t.differs then now() else u.updated_at end
              from target t
              where u.practice_id = :practice::uuid and u.id = t.id and not t.stale and not t.last_admin
              returning u.*, t.turns),
            turned as (
              select id from changed where turns),
            %s,
            spent as (
              update one_time_tokens o
              set used_at = now()
              from turned c
              where o.practice_id = :practice::uuid and o.user_id = c.id and o.used_at is null)
            select *
            from (select stale, last_admin from target) t
            left join (select %s from changed) c on true""".formatted(SessionEnd.all("turned", "DEACTIVATED"), User.COLUMNS));

    private final PracticeDatabase database;

    UserChanges(PracticeDatabase database) {
        this.database = database;
    }

    /**
     * Changes a user of the caller's practice.
     *
     * @param version that the user has to have
     */
    public UserChange change(Caller caller, UUID id, int version, UserPatch patch) {
        if (id.equals(caller.user())) {
            return new UserChange.Oneself();
        }
        return database.first(
                        caller,
                        CHANGE.bind()
                                .uuid("id", id)
                                .integer("version", version)
                                .text(
                                        "role",
                                        patch.role() == null
                                                ? null
                                                : patch.role().stored())
                                .bool("active", patch.active())
                                .bool("removes", patch.removesAdmin()),
                        row -> outcome(caller, row))
                .orElseGet(UserChange.Missing::new);
    }

    private static UserChange outcome(Caller caller, Row row) {
        if (row.bool("stale")) {
            return new UserChange.Stale();
        }
        return row.bool("last_admin")
                ? new UserChange.LastAdmin()
                : new UserChange.Changed(User.of(caller.practice(), row));
    }
}
