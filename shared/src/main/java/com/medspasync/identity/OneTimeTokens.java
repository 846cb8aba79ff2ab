package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.identity.Redemption.Busy;
import com.medspasync.identity.Redemption.Redeemed;
import com.medspasync.identity.Redemption.Refused;
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
    private static final Duration WHEN_BUSY = Duration.ofSeconds(2);

    private static final Sql CREATE = Sql.of("""
            insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
            values (:practice::uuid, :id::uuid, :holder::uuid, :token_purpose, :hash, now() + make_interval(secs => :seconds))""");

    private static final Sql PEEK = Sql.of("""
            select u.id, u.role
            from one_time_tokens t
            join users u on u.practice_id = t.practice_id and u.id = t.user_id
            where t.practice_id = :practice::uuid and t.token_hash = :hash and t.used_at is null and t.expires_at > now()
              and u.active and u.deleted_at is null""");

    /** The token is used by the statement that sets the password; of many at once, those that waited find it used. */
    private static final Sql REDEEM = Sql.of("""
            with redeemed as (
              update one_time_tokens t
              set used_at = now()
              from users u
              where t.practice_id = :practice::uuid and t.token_hash = :hash and t.used_at is null and t.expires_at > now()
                and u.practice_id = t.practice_id and u.id = t.user_id and u.active and u.deleted_at is null
              returning t.user_id
            ),
            others as (
              update one_time_tokens t
              set used_at = now()
              from redeemed r
              where t.practice_id = :practice::uuid and t.user_id = r.user_id and t.used_at is null and t.token_hash <> :hash
            )
            update users u
            set password = :password, login_attempts = 0, locked_until = null, version = u.version + 1, updated_at = now()
            from redeemed r
            where u.practice_id = :practice::uuid and u.id = r.user_id
            returning u.id""");

    private final PracticeDatabase database;
    private final Passwords passwords;
    private final SecureRandom random;

    /** What a token was made for. */
    public enum Purpose {
        FIRST_LOGIN,
        INVITATION,
        PASSWORD_RESET
    }

    private record Holder(UUID user, Role role) {}

    public OneTimeTokens(PracticeDatabase database, Passwords passwords, SecureRandom random) {
        this.database = database;
        this.passwords = passwords;
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
     * Uses the token up and gives its user a password; the user's other tokens end with it, and so does a lockout. The token is looked at
     * before the password is hashed: a stranger's guesses cost no bcrypt.
     */
    public Redemption redeem(String text, Password chosen, Origin origin) {
        Optional<OneTimeToken> parsed = OneTimeToken.parse(text);
        if (parsed.isEmpty()) {
            return new Refused();
        }
        OneTimeToken token = parsed.get();
        Optional<Caller> holder = holder(token, origin);
        if (holder.isEmpty()) {
            return new Refused();
        }
        Optional<String> hash = passwords.hash(chosen);
        if (hash.isEmpty()) {
            return new Busy(WHEN_BUSY);
        }
        return database.first(
                        holder.get(),
                        REDEEM.bind().bytes("hash", token.hash()).text("password", hash.get()),
                        row -> row.uuid("id"))
                .<Redemption>map(user -> new Redeemed())
                .orElseGet(Refused::new);
    }

    /** Whom the token lets in, as the audit is to name them. */
    private Optional<Caller> holder(OneTimeToken token, Origin origin) {
        PracticeId practice = token.practice();
        return database.first(
                        Caller.platform(practice, origin),
                        PEEK.bind().bytes("hash", token.hash()),
                        row -> new Holder(
                                row.uuid("id"), practice.isPlatform() ? Role.OPERATOR : Role.valueOf(row.text("role"))))
                .map(found -> new Caller(practice, found.user(), found.role(), null, origin));
    }
}
