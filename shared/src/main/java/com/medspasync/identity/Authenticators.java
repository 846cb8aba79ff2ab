package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.RetiredKeys;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Authenticated.Proof;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A user's own authenticator: set up, shown to work, given up; and the recovery codes that stand in for it. Changes end the user's other
 * sessions. Thread-safe.
 */
public final class Authenticators {

    /** Another secret has codes of its own, of which none was used. */
    private static final Sql BEGIN = Sql.of("""
            with changed as (
              update users
              set mfa_secret = :secret, mfa_last_step = 0, updated_at = now(), version = version + 1
              where practice_id = :practice::uuid and id = :user::uuid and not mfa_enabled
                and exists (
                  select from practice_keys where practice_id = :practice::uuid and version = :key_version and accepted)
              returning id)
            select u.email, u.mfa_enabled, exists (select from changed) as begun
            from users u
            where u.practice_id = :practice::uuid and u.id = :user::uuid""");

    private static final Sql PENDING = Sql.of("""
            select mfa_secret, mfa_last_step
            from users
            where practice_id = :practice::uuid and id = :user::uuid and not mfa_enabled""");

    /** New codes in the place of those from before. */
    private static final String CODES = """
            %s,
            stored as (
              insert into recovery_codes (practice_id, user_id, code_hash)
              select :practice::uuid, :user::uuid, unnest(:hashes::bytea[])
              from changed)""".formatted(SecondFactor.CODES_REPLACED);

    private static final Sql CONFIRM = Sql.of("""
            with changed as (
              update users
              set mfa_enabled = true, mfa_last_step = :step, updated_at = now(), version = version + 1
              where practice_id = :practice::uuid and id = :user::uuid and not mfa_enabled and mfa_secret = :secret
                and mfa_last_step < :step
              returning id),
            %s,
            %s,
            own as (
              update sessions
              set second_factor = true, authenticated_at = now()
              where practice_id = :practice::uuid and id = :session::uuid and exists (select from changed))
            select exists (select from changed) as confirmed""".formatted(CODES, SessionEnd.others("changed", "SECOND_FACTOR")));

    private static final Sql NEW_CODES = Sql.of("""
            with changed as (
              select id
              from users
              where practice_id = :practice::uuid and id = :user::uuid and mfa_enabled
              for update),
            %s,
            recorded as (
              insert into audit_logs
                (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id, details)
              select :practice::uuid, :user::uuid, 'CREATE', 'recovery_codes', id, :address, :agent, :request::uuid, '{"codes": 10}'
              from changed)
            select exists (select from changed) as changed""".formatted(CODES));

    private static final Sql REMOVE =
            Sql.of("""
            with required as (
              select u.role = any (p.second_factor_for) as required
              from users u join practices p on p.id = u.practice_id
              where u.practice_id = :practice::uuid and u.id = :user::uuid),
            changed as (
              update users
              set mfa_enabled = false, mfa_secret = null, updated_at = now(), version = version + 1
              where practice_id = :practice::uuid and id = :user::uuid and not (select required from required)
              returning id),
            %s,
            %s,
            own as (
              update sessions
              set second_factor = false
              where practice_id = :practice::uuid and id = :session::uuid and exists (select from changed))
            select exists (select from changed) as removed""".formatted(SecondFactor.CODES_REPLACED, SessionEnd.others("changed", "SECOND_FACTOR")));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final SecondFactor secondFactor;
    private final AccessTokens tokens;
    private final SecureRandom random;
    private final Clock clock;

    /** An authenticator that is to be. */
    public record Begun(TotpSecret secret, EmailAddress account) {}

    /**
     * An authenticator that was shown to work.
     *
     * @param codes shown once
     * @param token says that the session has a second factor now
     */
    public record Confirmed(List<RecoveryCode> codes, AccessTokens.Issued token) {}

    private record Beginning(EmailAddress email, boolean enabled, boolean begun) {}

    Authenticators(
            PracticeDatabase database,
            KeyHierarchy keys,
            SecondFactor secondFactor,
            AccessTokens tokens,
            SecureRandom random,
            Clock clock) {
        this.database = database;
        this.keys = keys;
        this.secondFactor = secondFactor;
        this.tokens = tokens;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Makes a secret for the caller, in place of one that was never confirmed. One round trip.
     *
     * @return empty when the caller has an authenticator already
     */
    public Optional<Begun> begin(Caller caller) {
        RetiredKeys retired = new RetiredKeys(keys, caller.practice());
        TotpSecret secret = TotpSecret.random(random);
        while (true) {
            byte[] sealed = secondFactor.seal(caller.practice(), caller.requireUser(), secret);
            Beginning beginning = database.one(
                    caller,
                    BEGIN.bind().bytes("secret", sealed).integer("key_version", FieldCipher.keyVersion(sealed)),
                    row -> new Beginning(
                            new EmailAddress(row.text("email")), row.bool("mfa_enabled"), row.bool("begun")));
            if (beginning.begun()) {
                return Optional.of(new Begun(secret, beginning.email()));
            }
            if (beginning.enabled()) {
                return Optional.empty();
            }
            retired.lookAgain();
        }
    }

    /**
     * Has the authenticator that was begun count from now on, because it shows the right code. Two round trips.
     *
     * @return empty for a wrong code, and when nothing was begun
     */
    public Optional<Confirmed> confirm(Caller caller, TotpCode code) {
        Optional<SecondFactor.Stored> pending = database.first(caller, PENDING.bind(), SecondFactor.Stored::of);
        if (pending.isEmpty()
                || !(secondFactor.check(
                                caller.practice(),
                                caller.requireUser(),
                                pending.get(),
                                new SecondFactor.Given.Code(code))
                        instanceof SecondFactor.Verdict.Right right)) {
            return Optional.empty();
        }
        tokens.ready();
        List<RecoveryCode> codes = RecoveryCode.ten(random);
        boolean confirmed = database.one(
                caller,
                CONFIRM.bind()
                        .bigint("step", right.step())
                        .bytes("secret", pending.get().secret())
                        .bytesList("hashes", hashes(caller, codes))
                        .uuid("session", caller.session()),
                row -> row.bool("confirmed"));
        return confirmed ? Optional.of(new Confirmed(codes, token(caller))) : Optional.empty();
    }

    private AccessTokens.Issued token(Caller caller) {
        return tokens.issue(Authenticated.of(caller, new Proof(clock.instant(), true), false));
    }

    /** Ten new recovery codes in place of the old ones; empty for who has no authenticator. One round trip. */
    public Optional<List<RecoveryCode>> newCodes(Caller caller) {
        List<RecoveryCode> codes = RecoveryCode.ten(random);
        boolean changed = database.one(
                caller, NEW_CODES.bind().bytesList("hashes", hashes(caller, codes)), row -> row.bool("changed"));
        return changed ? Optional.of(codes) : Optional.empty();
    }

    /** Gives the caller's authenticator up; false when the practice asks one of the caller's role. One round trip. */
    public boolean remove(Caller caller) {
        return database.one(caller, REMOVE.bind().uuid("session", caller.session()), row -> row.bool("removed"));
    }

    private static List<byte[]> hashes(Caller caller, List<RecoveryCode> codes) {
        return codes.stream()
                .map(code -> code.hash(caller.practice(), caller.requireUser()))
                .toList();
    }
}
