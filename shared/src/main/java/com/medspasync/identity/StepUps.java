package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Attempts.Failure;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.tenant.Caller;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Authenticated.Proof;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Proves again who somebody is that has been logged in for a while, before something that cannot be undone: with the second factor, or
 * with the password who has none. Two round trips. Wrong ones count towards the lock as those of a login do. Thread-safe.
 */
public final class StepUps {

    /** How long a proof counts as fresh. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

    private static final Sql LOOK_UP = Sql.of("""
            select coalesce(locked_until > now(), false) as locked, password, mfa_enabled, mfa_secret, mfa_last_step
            from users
            where practice_id = :practice::uuid and id = :user::uuid""");

    private static final Sql PROVE =
            Sql.of("""
            with %s,
            entered as (
              update users u
              set login_attempts = 0, locked_until = null, mfa_last_step = coalesce(:step, mfa_last_step)
              where u.practice_id = :practice::uuid and u.id = :id::uuid and (u.locked_until is null or u.locked_until <= now())
                and u.mfa_enabled = :second_factor
                and case when :second_factor then %s else u.password = :password end
              returning u.id),
            %s,
            proved as (
              update sessions
              set authenticated_at = now()
              where practice_id = :practice::uuid and id = :session::uuid and exists (select from entered)
              returning id),
            recorded as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, :user::uuid, 'LOGIN', 'users', :user::uuid, :address, :agent, :request::uuid,
                jsonb_build_object('outcome', 'proved-again', 'session', id, 'secondFactor', :second_factor)
              from proved)
            select exists (select from proved) as proved, %s as enrolment_only
            from users u join practices p on p.id = u.practice_id
            where u.practice_id = :practice::uuid and u.id = :id::uuid""".formatted(SecondFactor.CODE, SecondFactor.COUNTS, SecondFactor.USED, Entrance.ENROLMENT_ONLY));

    private final PracticeDatabase database;
    private final Passwords passwords;
    private final SecondFactor secondFactor;
    private final Attempts attempts;
    private final AccessTokens tokens;
    private final Clock clock;

    /** What a user proves it with. */
    public sealed interface Evidence {

        /** For who has a second factor. */
        record Factor(SecondFactor.Given given) implements Evidence {}

        /** For who has none. */
        record Secret(Password password) implements Evidence {}
    }

    /** What became of it. */
    public sealed interface Outcome {

        /** A token that says so. */
        record Proved(AccessTokens.Issued token) implements Outcome {}

        /** Wrong, of the wrong kind, or locked. */
        record Refused() implements Outcome {}

        /** Too many passwords are being verified; nothing was decided. */
        record Busy(Duration retryAfter) implements Outcome {}
    }

    /** @param enrolmentOnly a proof is no second factor: who has to set one up has to do so as before */
    private record Proven(boolean proved, boolean enrolmentOnly) {}

    private record Stored(boolean locked, @Nullable String password, boolean secondFactor, SecondFactor.Stored factor) {

        static Stored of(Row row) {
            return new Stored(
                    row.bool("locked"),
                    row.textOrNull("password"),
                    row.bool("mfa_enabled"),
                    SecondFactor.Stored.of(row));
        }
    }

    StepUps(
            PracticeDatabase database,
            Passwords passwords,
            SecondFactor secondFactor,
            Attempts attempts,
            AccessTokens tokens,
            Clock clock) {
        this.database = database;
        this.passwords = passwords;
        this.secondFactor = secondFactor;
        this.attempts = attempts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Proves that {@code caller} is who the session says. */
    public Outcome prove(Caller caller, Evidence evidence) {
        Stored stored = database.one(caller, LOOK_UP.bind(), Stored::of);
        if (stored.locked()) {
            return refuse(caller, Failure.LOCKED);
        }
        return switch (evidence) {
            case Evidence.Factor(SecondFactor.Given given) -> {
                if (!stored.secondFactor()) {
                    yield new Outcome.Refused();
                }
                yield switch (secondFactor.check(caller.practice(), caller.requireUser(), stored.factor(), given)) {
                    case SecondFactor.Verdict.Wrong() -> refuse(caller, Failure.WRONG_CODE);
                    case SecondFactor.Verdict.Used() -> refuse(caller, Failure.USED_CODE);
                    case SecondFactor.Verdict.Right right ->
                        prove(caller, right.bind(PROVE.bind()).text("password", null), true, right.failure());
                };
            }
            case Evidence.Secret(Password password) -> {
                if (stored.secondFactor()) {
                    yield new Outcome.Refused();
                }
                yield switch (passwords.check(password, stored.password())) {
                    case BUSY -> new Outcome.Busy(WHEN_BUSY);
                    case DIFFERS -> refuse(caller, Failure.WRONG_PASSWORD);
                    case MATCHES ->
                        prove(
                                caller,
                                PROVE.bind()
                                        .bigint("step", null)
                                        .bytes("code_hash", null)
                                        .text("password", stored.password()),
                                false,
                                Failure.CHANGED_MEANWHILE);
                };
            }
        };
    }

    private Outcome prove(Caller caller, Query query, boolean withFactor, Failure otherwise) {
        tokens.ready();
        Proven proven = database.one(
                caller,
                query.uuid("id", caller.requireUser())
                        .uuid("session", caller.session())
                        .bool("second_factor", withFactor),
                row -> new Proven(row.bool("proved"), row.bool("enrolment_only")));
        if (!proven.proved()) {
            return refuse(caller, otherwise);
        }
        Authenticated user = Authenticated.of(caller, new Proof(clock.instant(), withFactor), proven.enrolmentOnly());
        return new Outcome.Proved(tokens.issue(user));
    }

    private Outcome refuse(Caller caller, Failure failure) {
        attempts.refuse(caller, caller.user(), failure);
        return new Outcome.Refused();
    }
}
