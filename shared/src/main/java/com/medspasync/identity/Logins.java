package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Attempts.Failure;
import com.medspasync.identity.Entrance.Candidate;
import com.medspasync.identity.LoginOutcome.Busy;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.identity.LoginOutcome.SecondFactorNeeded;
import com.medspasync.identity.LoginOutcome.Throttled;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logs users in by e-mail address and password: two database round trips and one bcrypt between them, the same for every outcome that
 * a stranger could tell apart by it. Who has a second factor gets a ticket, with which {@link SecondFactorLogins} goes on.
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
            with %s
            select throttled, seconds, practice_id, user_id, password, role, active, coalesce(locked_until > now(), false) as locked,
              practice_name, mfa_enabled, second_factor_required and not mfa_enabled as enrolment_only,
              extract(epoch from longest)::bigint as longest_seconds
            from admission left join login_lookup(:email) on not throttled""".formatted(NetworkLimit.CTE));

    /** Whose password is :password still, and who may log in; they take {@code returning id}. */
    private static final String STILL = """
            practice_id = :practice::uuid and id = :id::uuid and password = :password and role = :role
                and active and deleted_at is null and (locked_until is null or locked_until <= now())
                and exists (select from practices p where p.id = :practice::uuid and p.deleted_at is null)""";

    private static final Sql ENTER =
            Sql.of("""
            with entered as (
              update users
              set login_attempts = 0, locked_until = null, last_login = now(), password = coalesce(:rehashed, password)
              where %s and not mfa_enabled
              returning id),
            %s,
            %s,
            %s
            select exists (select from entered) as entered""".formatted(STILL, Entrance.SESSION, NetworkLimit.FORGIVEN, Entrance.RECORDED));

    /** What was guessed of the second factor before still counts: the counter goes back to 0 with the login, not with its first half. */
    private static final Sql ADMIT = Sql.of("""
            with entered as (
              update users
              set password = coalesce(:rehashed, password)
              where %s and mfa_enabled
              returning id),
            %s,
            made as (
              insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
              select :practice::uuid, gen_random_uuid(), id, 'SECOND_FACTOR', :hash, now() + make_interval(secs => :seconds)
              from entered
              returning id)
            select exists (select from made) as admitted""".formatted(STILL, NetworkLimit.FORGIVEN));

    private final PracticeDatabase database;
    private final Passwords passwords;
    private final Entrance entrance;
    private final Attempts attempts;
    private final NetworkLimit limit;
    private final SecureRandom random;

    /** What is stored of the user whose address it is. */
    private record Found(Candidate who, @Nullable String password, boolean active, boolean locked, boolean mfa) {

        static Found of(Row row) {
            return new Found(
                    Candidate.of(row),
                    row.textOrNull("password"),
                    row.bool("active"),
                    row.bool("locked"),
                    row.bool("mfa_enabled"));
        }
    }

    Logins(
            PracticeDatabase database,
            Passwords passwords,
            Entrance entrance,
            Attempts attempts,
            NetworkLimit limit,
            SecureRandom random) {
        this.database = database;
        this.passwords = passwords;
        this.entrance = entrance;
        this.attempts = attempts;
        this.limit = limit;
        this.random = random;
    }

    /** Decides an attempt, and audits it. */
    public LoginOutcome login(EmailAddress email, Password password, Origin origin) {
        Caller anonymous = Caller.anonymous(origin);
        NetworkLimit.Admission<Found> lookUp = database.one(
                anonymous,
                limit.bind(LOOK_UP.bind().text("email", email.searchForm()), origin),
                row -> NetworkLimit.admission(row, "user_id", Found::of));
        if (lookUp.throttledFor() != null) {
            return new Throttled(lookUp.throttledFor());
        }
        Found found = lookUp.found();
        Passwords.Check check = passwords.check(password, found == null ? null : found.password());
        if (check == Passwords.Check.BUSY) {
            NetworkLimit.forgive(database, origin);
            return new Busy(WHEN_BUSY);
        }
        if (found == null) {
            return refuse(anonymous, null, Failure.UNKNOWN_USER);
        }
        Optional<Failure> failure = failure(found, check);
        if (failure.isPresent()) {
            return refuse(Caller.platform(found.who().practice(), origin), found, failure.get());
        }
        return found.mfa() ? admit(found, password, origin) : enter(found, password, origin);
    }

    private static Optional<Failure> failure(Found user, Passwords.Check check) {
        if (!user.active()) {
            return Optional.of(Failure.INACTIVE);
        }
        if (user.locked()) {
            return Optional.of(Failure.LOCKED);
        }
        if (user.password() == null) {
            return Optional.of(Failure.NO_PASSWORD);
        }
        return check == Passwords.Check.MATCHES ? Optional.empty() : Optional.of(Failure.WRONG_PASSWORD);
    }

    private LoginOutcome enter(Found found, Password password, Origin origin) {
        Entry entry = entrance.prepare(found.who(), false);
        Query query = still(Entrance.bind(ENTER.bind(), entry), found, password, origin);
        boolean entered = database.one(before(found, origin), query, row -> row.bool("entered"));
        return entered ? new LoggedIn(entry, found.who().practiceName()) : changed(found, origin);
    }

    private LoginOutcome admit(Found found, Password password, Origin origin) {
        OneTimeToken ticket = OneTimeToken.random(found.who().practice(), random);
        Query query = still(ADMIT.bind().uuid("id", found.who().id()), found, password, origin)
                .bytes("hash", ticket.hash())
                .bigint("seconds", SecondFactorLogins.TICKET.toSeconds());
        boolean admitted = database.one(before(found, origin), query, row -> row.bool("admitted"));
        return admitted ? new SecondFactorNeeded(ticket, SecondFactorLogins.TICKET) : changed(found, origin);
    }

    /** Binds the parameters of {@link #STILL} but for the id; and the password's new hash, where the stored one is too cheap by now. */
    private Query still(Query query, Found found, Password password, Origin origin) {
        String stored = found.password();
        String rehashed = stored != null && passwords.isOutdated(stored)
                ? passwords.hash(password).orElse(null)
                : null;
        return NetworkLimit.bindNetwork(query, origin)
                .text("password", stored)
                .text("rehashed", rehashed)
                .text("role", found.who().role().stored());
    }

    /** The user as the audit is to name it, before there is a session. */
    private static Caller before(Found found, Origin origin) {
        return new Caller(found.who().practice(), found.who().id(), found.who().role(), null, origin);
    }

    private LoginOutcome changed(Found found, Origin origin) {
        return refuse(Caller.platform(found.who().practice(), origin), found, Failure.CHANGED_MEANWHILE);
    }

    private LoginOutcome refuse(Caller caller, @Nullable Found found, Failure failure) {
        attempts.refuse(caller, found == null ? null : found.who().id(), failure);
        return new Refused();
    }
}
