package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Attempts.Failure;
import com.medspasync.identity.Entrance.Candidate;
import com.medspasync.identity.LoginOutcome.LoggedIn;
import com.medspasync.identity.LoginOutcome.Refused;
import com.medspasync.identity.LoginOutcome.Throttled;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.time.Duration;
import java.util.Optional;

/**
 * The second half of a login: the ticket that {@link Logins} gave, and what the user's authenticator shows, or a recovery code. Two round
 * trips. A wrong code counts towards the lock as a wrong password does; the ticket stays good until it expires or led in. Thread-safe.
 */
public final class SecondFactorLogins {

    /** How long there is to type a code. */
    static final Duration TICKET = Duration.ofMinutes(5);

    private static final Sql PEEK = Sql.of("""
            with %s
            select throttled, seconds, found.*
            from admission
            left join (
              select t.practice_id, u.id as user_id, u.role,
                false as enrolment_only, p.session_hours * 3600::bigint as longest_seconds, p.name as practice_name,
                coalesce(u.locked_until > now(), false) as locked, u.mfa_secret, u.mfa_last_step
              from one_time_tokens t
              join users u on u.practice_id = t.practice_id and u.id = t.user_id
              join practices p on p.id = t.practice_id
              where t.practice_id = :practice::uuid and t.token_hash = :hash and t.purpose = 'SECOND_FACTOR' and t.used_at is null
                and t.expires_at > now() and u.active and u.mfa_enabled and u.deleted_at is null and p.deleted_at is null
            ) found on not throttled""".formatted(NetworkLimit.CTE));

    /** Whoever comes second with one code, or one ticket, waits for the first one's row and finds it used. */
    private static final Sql ENTER = Sql.of("""
            with ticket as materialized (
              select user_id
              from one_time_tokens
              where practice_id = :practice::uuid and token_hash = :hash and purpose = 'SECOND_FACTOR' and used_at is null
                and expires_at > now()
              for update),
            %s,
            entered as (
              update users u
              set login_attempts = 0, locked_until = null, last_login = now(), mfa_last_step = coalesce(:step, mfa_last_step)
              from ticket
              where u.practice_id = :practice::uuid and u.id = ticket.user_id and u.id = :id::uuid and u.active and u.mfa_enabled
                and u.deleted_at is null and u.role = :role and (u.locked_until is null or u.locked_until <= now())
                and %s
              returning u.id),
            used_ticket as (
              update one_time_tokens
              set used_at = now()
              where practice_id = :practice::uuid and token_hash = :hash and exists (select from entered)),
            %s,
            %s,
            %s,
            %s
            select exists (select from entered) as entered""".formatted(
                    SecondFactor.CODE,
                    SecondFactor.COUNTS,
                    SecondFactor.USED,
                    Entrance.SESSION,
                    NetworkLimit.FORGIVEN,
                    Entrance.RECORDED));

    private final PracticeDatabase database;
    private final SecondFactor secondFactor;
    private final Entrance entrance;
    private final Attempts attempts;
    private final NetworkLimit limit;

    private record Found(Candidate who, boolean locked, SecondFactor.Stored stored) {

        static Found of(Row row) {
            return new Found(Candidate.of(row), row.bool("locked"), SecondFactor.Stored.of(row));
        }
    }

    SecondFactorLogins(
            PracticeDatabase database,
            SecondFactor secondFactor,
            Entrance entrance,
            Attempts attempts,
            NetworkLimit limit) {
        this.database = database;
        this.secondFactor = secondFactor;
        this.entrance = entrance;
        this.attempts = attempts;
        this.limit = limit;
    }

    /**
     * Decides an attempt, and audits it.
     *
     * @param ticket what {@link OneTimeToken#reveal} gave
     * @throws com.medspasync.crypto.CryptoException when the authenticator's secret cannot be read
     */
    public LoginOutcome login(String ticket, SecondFactor.Given given, Origin origin) {
        Optional<OneTimeToken> parsed = OneTimeToken.parse(ticket);
        if (parsed.isEmpty()) {
            return new Refused();
        }
        OneTimeToken token = parsed.get();
        Caller platform = Caller.platform(token.practice(), origin);
        NetworkLimit.Admission<Found> lookUp = database.one(
                platform,
                limit.bind(PEEK.bind().bytes("hash", token.hash()), origin),
                row -> NetworkLimit.admission(row, "user_id", Found::of));
        if (lookUp.throttledFor() != null) {
            return new Throttled(lookUp.throttledFor());
        }
        Found found = lookUp.found();
        if (found == null) {
            return new Refused();
        }
        if (found.locked()) {
            return refuse(platform, found, Failure.LOCKED);
        }
        Candidate who = found.who();
        SecondFactor.Verdict verdict = secondFactor.check(who.practice(), who.id(), found.stored(), given);
        return switch (verdict) {
            case SecondFactor.Verdict.Wrong() -> refuse(platform, found, Failure.WRONG_CODE);
            case SecondFactor.Verdict.Used() -> refuse(platform, found, Failure.USED_CODE);
            case SecondFactor.Verdict.Right right -> enter(found, token, right, origin);
        };
    }

    private LoginOutcome enter(Found found, OneTimeToken ticket, SecondFactor.Verdict.Right right, Origin origin) {
        Candidate who = found.who();
        Entry entry = entrance.prepare(who, true);
        Caller user = new Caller(who.practice(), who.id(), who.role(), null, origin);
        Query query = right.bind(Entrance.bind(ENTER.bind(), entry))
                .bytes("hash", ticket.hash())
                .text("role", who.role().stored());
        boolean entered = database.one(user, NetworkLimit.bindNetwork(query, origin), row -> row.bool("entered"));
        return entered
                ? new LoggedIn(entry, who.practiceName())
                : refuse(Caller.platform(who.practice(), origin), found, right.failure());
    }

    private LoginOutcome refuse(Caller caller, Found found, Failure failure) {
        attempts.refuse(caller, found.who().id(), failure);
        return new Refused();
    }
}
