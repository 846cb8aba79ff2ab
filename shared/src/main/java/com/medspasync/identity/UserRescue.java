package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import java.util.UUID;

/** What an administrator does for users who cannot get in by themselves. Each method is one round trip. Thread-safe. */
public final class UserRescue {

    private static final Sql RESET_SECOND_FACTOR =
            Sql.of("""
            with changed as (
              update users
              set mfa_enabled = false, mfa_secret = null, updated_at = now(), version = version + 1
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and (mfa_enabled or mfa_secret is not null)
              returning id),
            %s,
            %s
            select id
            from users
            where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null""".formatted(SecondFactor.CODES_REPLACED, SessionEnd.all("changed", "SECOND_FACTOR")));

    private static final Sql UNLOCK = Sql.of("""
            with changed as (
              update users
              set locked_until = null, login_attempts = 0
              where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null
                and (locked_until is not null or login_attempts > 0))
            select id
            from users
            where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null""");

    private final PracticeDatabase database;

    UserRescue(PracticeDatabase database) {
        this.database = database;
    }

    /**
     * Has a user's authenticator and recovery codes count no more, and ends their sessions. Where the practice asks for a second factor, the user's next
     * login lets them set up another, and nothing else. Users' own is theirs to give up, and only where none is asked for.
     */
    public UserAction resetSecondFactor(Caller caller, UUID id) {
        return id.equals(caller.user())
                ? new UserAction.Refused(UserAction.Reason.ONESELF)
                : run(caller, RESET_SECOND_FACTOR, id);
    }

    /** Ends a user's lock, and forgets the wrong passwords that led to it. */
    public UserAction unlock(Caller caller, UUID id) {
        return run(caller, UNLOCK, id);
    }

    private UserAction run(Caller caller, Sql statement, UUID id) {
        return database.first(caller, statement.bind().uuid("id", id), row -> row.uuid("id"))
                        .isPresent()
                ? new UserAction.Done()
                : new UserAction.Missing();
    }
}
