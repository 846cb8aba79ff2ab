package com.medspasync.token;

import com.medspasync.crypto.Envelope;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.Transaction;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Keeps a signing key in the database that has half of its life before it: the migrator runs this with every deployment. The first
 * key signs at once; a later one begins after an hour, when every instance has read it, and the one before goes on
 * verifying until its own end.
 *
 * <p>Any number may run at once, anywhere: one of them makes the key.
 */
public final class SigningKeyRenewal {

    /** How long a key's tokens are accepted. NIST SP 800-57 part 1, 5.3.6, gives a private signature key one to three years. */
    public static final Duration LIFE = Duration.ofDays(365);

    /** From the making of a further key to its first signature; longer than {@link SigningKeys#TIME_TO_LIVE}. */
    public static final Duration NOTICE = Duration.ofHours(1);

    private static final Sql LOCK = Sql.of("select pg_advisory_xact_lock(hashtext('signing_keys'))::text as locked");
    private static final Sql LOAD = Sql.of("""
            select kid, public_jwk, wrapped_private, not_before, expires_at
            from signing_keys
            where expires_at > :now::timestamptz""");
    private static final Sql CREATE = Sql.of("""
            insert into signing_keys (kid, public_jwk, root_version, wrapped_private, not_before, expires_at)
            select :kid, :jwk, :root, :wrapped, :from::timestamptz, :until::timestamptz
            where not exists (select from retired_root_keys where version = :root)""");

    private final PracticeDatabase asOwner;
    private final SealedSigningKeys sealed;
    private final Clock clock;

    /** @param asOwner logged in as the role that migrates: the application may only read the keys */
    public SigningKeyRenewal(PracticeDatabase asOwner, SealedSigningKeys sealed, Clock clock) {
        this.asOwner = asOwner;
        this.sealed = sealed;
        this.clock = clock;
    }

    /** Makes a key if one is due; whether it was. */
    public boolean run() {
        Caller caller = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        return asOwner.inTransaction(caller, this::run);
    }

    private boolean run(Transaction transaction) {
        // A statement of its own: the next one's snapshot then sees what the holder before has committed.
        transaction.one(LOCK.bind(), row -> row.text("locked"));
        Instant now = clock.instant();
        List<SigningKey> valid = transaction.list(LOAD.bind().instant("now", now), sealed::read).stream()
                .flatMap(Optional::stream)
                .toList();
        if (valid.stream().anyMatch(key -> key.verifiesAt(now.plus(LIFE.dividedBy(2))))) {
            return false;
        }
        SigningKey key = SigningKey.generate(valid.isEmpty() ? now : now.plus(NOTICE), now.plus(LIFE));
        byte[] wrapped = sealed.seal(key);
        long created = transaction.update(CREATE.bind()
                .text("kid", key.kid())
                .text("jwk", SealedSigningKeys.publicJwk(key))
                .integer("root", Envelope.keyVersion(wrapped))
                .bytes("wrapped", wrapped)
                .instant("from", key.notBefore())
                .instant("until", key.expiresAt()));
        if (created == 0) {
            throw new IllegalStateException("the root key was rotated a moment ago: run this again");
        }
        return true;
    }
}
