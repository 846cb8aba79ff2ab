package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts failed attempts on record, and has those that were guesses count towards a lock. One round trip. Thread-safe. */
final class Attempts {

    /** Runs for unknown users as well, without an id: so that it takes the same time. */
    private static final Sql REFUSE = Sql.of("""
            with counted as (
              update users
              set login_attempts = login_attempts + 1,
                locked_until = case when login_attempts + 1 >= :allowed
                  then now() + make_interval(secs => least(:longest, :first * power(2, least(login_attempts + 1 - :allowed, 30))))
                  else locked_until end
              where practice_id = :practice::uuid and id = :id::uuid and :counts and (locked_until is null or locked_until <= now())
              returning login_attempts, locked_until
            )
            insert into audit_logs (practice_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
            select :practice::uuid, 'LOGIN_FAILED', 'users', :id::uuid, :address, :agent, :request::uuid,
              jsonb_build_object('outcome', :outcome)
            union all
            select :practice::uuid, 'LOCKED', 'users', :id::uuid, :address, :agent, :request::uuid,
              jsonb_build_object('attempts', login_attempts, 'until', locked_until)
            from counted
            where locked_until > now()""");

    private final PracticeDatabase database;
    private final Lockout lockout;

    /** Why an attempt failed, as the audit names it. */
    enum Failure {
        UNKNOWN_USER("unknown-user", false),
        WRONG_PASSWORD("wrong-password", true),
        NO_PASSWORD("no-password", false),
        INACTIVE("inactive", false),
        LOCKED("locked", false),
        /** Locked, deactivated or given another password while this one was verified. */
        CHANGED_MEANWHILE("changed-meanwhile", false),
        WRONG_CODE("wrong-code", true),
        /** A code that was right, and had been used. */
        USED_CODE("used-code", true);

        private final String outcome;
        private final boolean guess;

        Failure(String outcome, boolean guess) {
            this.outcome = outcome;
            this.guess = guess;
        }
    }

    Attempts(PracticeDatabase database, Lockout lockout) {
        this.database = database;
        this.lockout = lockout;
    }

    /** @param user null when nobody has the address */
    void refuse(Caller caller, @Nullable UUID user, Failure failure) {
        database.update(
                caller,
                REFUSE.bind()
                        .uuid("id", user)
                        .bool("counts", failure.guess)
                        .integer("allowed", lockout.allowed())
                        .bigint("first", lockout.first().toSeconds())
                        .bigint("longest", lockout.longest().toSeconds())
                        .text("outcome", failure.outcome));
    }
}
