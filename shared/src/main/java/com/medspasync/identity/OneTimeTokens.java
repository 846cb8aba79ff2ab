package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.Redemption.Busy;
import com.medspasync.identity.Redemption.Redeemed;
import com.medspasync.identity.Redemption.Refused;
import com.medspasync.identity.Redemption.Throttled;
import com.medspasync.identity.Redemption.Unfit;
import com.medspasync.input.Violation;
import com.medspasync.password.Password;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Tokens with which a user chooses a password, each of them once. Thread-safe. */
public final class OneTimeTokens {

    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Sql CREATE = Sql.of("""
            insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
            values (:practice::uuid, :id::uuid, :holder::uuid, :token_purpose, :hash, now() + make_interval(secs => :seconds))""");

    private static final Sql PEEK = Sql.of("""
            with %s
            select throttled, seconds, found.*
            from admission
            left join (
              select u.id, u.role, %s
              from one_time_tokens t
              join users u on u.practice_id = t.practice_id and u.id = t.user_id
              where t.practice_id = :practice::uuid and t.token_hash = :hash and t.purpose <> 'SECOND_FACTOR' and t.used_at is null
                and t.expires_at > now() and u.active and u.deleted_at is null
            ) found on not throttled""".formatted(NetworkLimit.CTE, NewPassword.HELD));

    /**
     * Of many at once with one token, or one user's, one sets the password: the others wait for the user's row and find it changed. The password is the
     * one that the new one was compared with.
     */
    private static final Sql REDEEM = Sql.of("""
            with token as materialized (
              select user_id
              from one_time_tokens
              where practice_id = :practice::uuid and token_hash = :hash and purpose <> 'SECOND_FACTOR' and used_at is null
                and expires_at > now()
              for update),
            changed as (
              update users u
              set password = :password, login_attempts = 0, locked_until = null, version = u.version + 1, updated_at = now()
              from token
              where u.practice_id = :practice::uuid and u.id = token.user_id and u.active and u.deleted_at is null
                and u.password is not distinct from :replaced
              returning u.id, :replaced::text as replaced),
            entered as (select from changed),
            %s,
            %s
            select exists (select from changed) as redeemed""".formatted(NewPassword.AFTERWARDS, NetworkLimit.FORGIVEN));

    private final PracticeDatabase database;
    private final NewPassword newPassword;
    private final NetworkLimit limit;
    private final SecureRandom random;

    /** What a token was made for. */
    public enum Purpose {
        FIRST_LOGIN,
        INVITATION,
        PASSWORD_RESET
    }

    /** @param caller the token's user, as the audit is to name them */
    private record Holder(Caller caller, NewPassword.Held held) {}

    OneTimeTokens(PracticeDatabase database, NewPassword newPassword, NetworkLimit limit, SecureRandom random) {
        this.database = database;
        this.newPassword = newPassword;
        this.limit = limit;
        this.random = random;
    }

    /**
     * Makes a token for a user of the caller's practice. Earlier ones stay good until one of them is redeemed.
     *
     * @param lifetime up to 30 days
     */
    public OneTimeToken create(Caller caller, UUID user, Purpose purpose, Duration lifetime) {
        if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a one-time token lives up to " + LONGEST + ", not " + lifetime);
        }
        OneTimeToken token = OneTimeToken.random(caller.practice(), random);
        database.update(caller, store(token, user, purpose, lifetime));
        return token;
    }

    /** The statement that stores {@code token}'s hash, in the practice that it runs for. */
    static Query store(OneTimeToken token, UUID user, Purpose purpose, Duration lifetime) {
        return CREATE.bind()
                .uuid("id", Generators.timeBasedEpochRandomGenerator().generate())
                .uuid("holder", user)
                .text("token_purpose", purpose.name())
                .bytes("hash", token.hash())
                .bigint("seconds", lifetime.toSeconds());
    }

    /**
     * Uses the token up and gives its user a password; the user's other tokens and sessions end with it, and so does a lockout. The token is
     * looked at before the password is: a stranger's guesses cost no bcrypt.
     */
    public Redemption redeem(String text, Password chosen, Origin origin) {
        Optional<OneTimeToken> parsed = OneTimeToken.parse(text);
        if (parsed.isEmpty()) {
            return new Refused();
        }
        OneTimeToken token = parsed.get();
        NetworkLimit.Admission<Holder> lookUp = database.one(
                Caller.platform(token.practice(), origin),
                limit.bind(PEEK.bind().bytes("hash", token.hash()), origin),
                row -> NetworkLimit.admission(row, "id", found -> holder(token.practice(), origin, found)));
        if (lookUp.throttledFor() != null) {
            return new Throttled(lookUp.throttledFor());
        }
        Holder holder = lookUp.found();
        if (holder == null) {
            return new Refused();
        }
        return switch (newPassword.check(chosen, holder.held())) {
            case NewPassword.Verdict.Busy busy -> {
                NetworkLimit.forgive(database, origin);
                yield new Busy(NewPassword.WHEN_BUSY);
            }
            case NewPassword.Verdict.Unfit(Violation violation) -> {
                // Who has a good token guesses at nothing.
                NetworkLimit.forgive(database, origin);
                yield new Unfit(violation);
            }
            case NewPassword.Verdict.Fit(String hash) -> redeem(token, holder, hash);
        };
    }

    private Redemption redeem(OneTimeToken token, Holder holder, String hash) {
        Query query = REDEEM.bind()
                .bytes("hash", token.hash())
                .text("password", hash)
                .text("replaced", holder.held().password())
                .uuid("session", null);
        boolean redeemed = database.one(
                holder.caller(),
                NetworkLimit.bindNetwork(query, holder.caller().origin()),
                row -> row.bool("redeemed"));
        return redeemed ? new Redeemed() : new Refused();
    }

    private static Holder holder(PracticeId practice, Origin origin, Row row) {
        Role role = Role.of(practice, row.text("role"));
        return new Holder(new Caller(practice, row.uuid("id"), role, null, origin), NewPassword.Held.of(row));
    }
}
