package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Row;
import com.medspasync.database.Sql;
import com.medspasync.identity.OneTimeTokens.Purpose;
import com.medspasync.message.Recipient;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeComposer;
import com.medspasync.tenant.Caller;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;

/**
 * Composes what tells a user that they may choose a password: with a one-time token, which is made with each attempt. Earlier ones stay good until one
 * is redeemed. One round trip. Thread-safe.
 */
public final class TokenNotice implements NoticeComposer {

    /** How long an invitation is good from its delivery. */
    static final Duration INVITED_FOR = Duration.ofDays(7);

    /** How long another password may be chosen from the delivery of the notice. */
    static final Duration RESET_FOR = Duration.ofHours(1);

    private static final Sql INVITE = statement("password is null");
    private static final Sql RESET = statement("password is not null");

    private final PracticeDatabase database;
    private final SecureRandom random;
    private final Sql statement;
    private final Purpose purpose;
    private final Duration lifetime;
    private final NoArgGenerator ids = Generators.timeBasedEpochRandomGenerator();

    private TokenNotice(
            PracticeDatabase database, SecureRandom random, Sql statement, Purpose purpose, Duration lifetime) {
        this.database = database;
        this.random = random;
        this.statement = statement;
        this.purpose = purpose;
        this.lifetime = lifetime;
    }

    /** For who has no password yet. */
    public static TokenNotice invitation(PracticeDatabase database, SecureRandom random) {
        return new TokenNotice(database, random, INVITE, Purpose.INVITATION, INVITED_FOR);
    }

    /** For who has one. */
    public static TokenNotice passwordReset(PracticeDatabase database, SecureRandom random) {
        return new TokenNotice(database, random, RESET, Purpose.PASSWORD_RESET, RESET_FOR);
    }

    /** A user who is just being deactivated is waited for. */
    private static Sql statement(String condition) {
        return Sql.of("""
                with holder as materialized (
                  select id, email
                  from users
                  where practice_id = :practice::uuid and id = :holder::uuid and active and deleted_at is null and %s
                  for share),
                made as (
                  insert into one_time_tokens (practice_id, id, user_id, purpose, token_hash, expires_at)
                  select :practice::uuid, :id::uuid, id, :token_purpose, :hash, now() + make_interval(secs => :seconds)
                  from holder
                  returning expires_at)
                select id, email, expires_at from holder cross join made""".formatted(condition));
    }

    @Override
    public Composition compose(Notice notice, Caller caller) {
        OneTimeToken token = OneTimeToken.random(notice.practice(), random);
        return database.first(
                        caller,
                        statement
                                .bind()
                                .uuid("holder", notice.subject())
                                .uuid("id", ids.generate())
                                .text("token_purpose", purpose.name())
                                .bytes("hash", token.hash())
                                .bigint("seconds", lifetime.toSeconds()),
                        row -> composed(row, token))
                .orElseGet(() -> new Composition.Obsolete("there is no such active user for whom it would be of use"));
    }

    private static Composition composed(Row row, OneTimeToken token) {
        return new Composition.Composed(
                new Recipient(row.uuid("id"), new EmailAddress(row.text("email"))),
                Map.of("token", token.reveal(), "expiresAt", row.instant("expires_at")));
    }
}
