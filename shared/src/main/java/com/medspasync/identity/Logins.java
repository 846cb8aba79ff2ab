package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.LoginOutcome.Busy;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Logs users in by e-mail address and password: two database round trips and one bcrypt between them, the same for every outcome.
 *
 * <p>Every attempt that was decided is in the audit: of the user's practice, or of the platform's for an address that nobody has. The
 * address itself is never in it: what a stranger types may be anything.
 *
 * <p>Whether the login counts is decided by the last statement and not by what was read before the password was verified: a
 * user locked, deactivated or given another password meanwhile does not get in. So guesses sent all at once gain
 * nothing over a few more than the lockout allows: those that were under way when it fell.
 *
 * <p>Thread-safe.
 */
public final class Logins {

    private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

    private static final Sql LOOK_UP = Sql.of("""
            select practice_id, user_id, password, role, active, coalesce(locked_until > now(), false) as locked, practice_name, mfa_enabled
            from login_lookup(:email)""");

    private static final Sql ENTER = Sql.of("""
            with entered as (
              update users
              set login_attempts = 0, locked_until = null, last_login = now()
              where practice_id = :practice::uuid and id = :id::uuid and password = :password
                and (role = :role or :operator) and active and not mfa_enabled and deleted_at is null
                and (locked_until is null or locked_until <= now())
              returning id
            ),
            decided as (select exists (select from entered) as login),
            audited as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, case when login then :id::uuid end, case when login then 'LOGIN' else 'LOGIN_FAILED' end,
                'users', :id::uuid, :address, :agent, :request::uuid,
                jsonb_build_object('outcome', case when login then 'logged-in' else 'changed-meanwhile' end)
              from decided
            )
            select login from decided""");

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
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final Lockout lockout;

    /** Why an attempt failed, as the audit names it. */
    private enum Failure {
        UNKNOWN_USER("unknown-user"),
        WRONG_PASSWORD("wrong-password"),
        NO_PASSWORD("no-password"),
        INACTIVE("inactive"),
        LOCKED("locked"),
        MFA_REQUIRED("mfa-required");

        private final String outcome;

        Failure(String outcome) {
            this.outcome = outcome;
        }
    }

    /** What is stored of the user whose address it is. */
    private record Found(
            PracticeId practice,
            UUID id,
            @Nullable String password,
            Role role,
            boolean active,
            boolean locked,
            String practiceName,
            boolean mfa) {

        static Found of(Row row) {
            return new Found(
                    new PracticeId(row.uuid("practice_id")),
                    row.uuid("user_id"),
                    row.textOrNull("password"),
                    Role.valueOf(row.text("role")),
                    row.bool("active"),
                    row.bool("locked"),
                    row.text("practice_name"),
                    row.bool("mfa_enabled"));
        }
    }

    public Logins(PracticeDatabase database, Passwords passwords, AccessTokens tokens, Lockout lockout) {
        this.database = database;
        this.passwords = passwords;
        this.tokens = tokens;
        this.lockout = lockout;
    }

    /** Decides an attempt, and audits it. */
    public LoginOutcome login(EmailAddress email, Password password, Origin origin) {
        Optional<Found> found =
                database.first(Caller.anonymous(origin), LOOK_UP.bind().text("email", email.searchForm()), Found::of);
        Passwords.Check check =
                passwords.check(password, found.map(Found::password).orElse(null));
        if (check == Passwords.Check.BUSY) {
            return new Busy(WHEN_BUSY);
        }
        if (found.isEmpty()) {
            return refuse(Caller.anonymous(origin), null, Failure.UNKNOWN_USER);
        }
        Found user = found.get();
        Optional<Failure> failure = failure(user, check);
        return failure.isPresent()
                ? refuse(Caller.platform(user.practice(), origin), user.id(), failure.get())
                : enter(user, origin);
    }

    private Optional<Failure> failure(Found user, Passwords.Check check) {
        if (!user.active()) {
            return Optional.of(Failure.INACTIVE);
        }
        if (user.locked()) {
            return Optional.of(Failure.LOCKED);
        }
        if (user.password() == null) {
            return Optional.of(Failure.NO_PASSWORD);
        }
        if (check != Passwords.Check.MATCHES) {
            return Optional.of(Failure.WRONG_PASSWORD);
        }
        // A second factor is asked for nowhere yet; a user who has one must not get in without it.
        return user.mfa() ? Optional.of(Failure.MFA_REQUIRED) : Optional.empty();
    }

    /** Signs before it records: signing may fail, and a login on record is one that happened. */
    private LoginOutcome enter(Found found, Origin origin) {
        var user = new Authenticated(found.practice(), found.id(), found.role(), UUID.randomUUID());
        AccessTokens.Issued token = tokens.issue(user);
        boolean entered = database.one(
                user.caller(origin),
                ENTER.bind()
                        .uuid("id", found.id())
                        .text("password", found.password())
                        .text("role", found.role().name())
                        .bool("operator", found.role() == Role.OPERATOR),
                row -> row.bool("login"));
        return entered ? new LoggedIn(token, user, found.practiceName()) : new Refused();
    }

    private LoginOutcome refuse(Caller caller, @Nullable UUID user, Failure failure) {
        database.update(
                caller,
                REFUSE.bind()
                        .uuid("id", user)
                        .bool("counts", failure == Failure.WRONG_PASSWORD)
                        .integer("allowed", lockout.allowed())
                        .bigint("first", lockout.first().toSeconds())
                        .bigint("longest", lockout.longest().toSeconds())
                        .text("outcome", failure.outcome));
        return new Refused();
    }
}
