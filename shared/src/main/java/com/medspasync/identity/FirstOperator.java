package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.ConstraintViolated;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.database.Transaction;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets the first operator in: the migrator runs this with every deployment. Until an operator has chosen a password there is one user
 * in the platform's practice, with one token that is good; when that has expired, the next run makes another.
 *
 * <p>Any number may run at once, anywhere: one of them makes the user and the token.
 */
public final class FirstOperator {

    /** How long there is to redeem the token. */
    public static final Duration LIFETIME = Duration.ofDays(3);

    private static final Sql LOCK = Sql.of("select pg_advisory_xact_lock(hashtext('first_operator'))::text as locked");

    private static final Sql STATE = Sql.of("""
            select u.id, u.password is not null or exists (
                select from one_time_tokens t
                where t.practice_id = u.practice_id and t.user_id = u.id and t.used_at is null and t.expires_at > now()
              ) as can_enter
            from users u
            where u.practice_id = :practice::uuid and u.active and u.deleted_at is null
            order by can_enter desc, u.created_at
            limit 1""");

    private static final Sql CREATE = Sql.of("""
            insert into users (practice_id, id, email, email_search, role)
            values (:practice::uuid, :id::uuid, :email, :search, 'ADMIN')""");

    private final EmailAddress email;
    private final SecureRandom random;

    private record State(UUID id, boolean canEnter) {}

    /** @param email of the operator, should there be none */
    public FirstOperator(EmailAddress email, SecureRandom random) {
        this.email = email;
        this.random = random;
    }

    /**
     * Makes what is lacking.
     *
     * @param asOwner logged in as the role that migrates
     * @return the token to hand to the operator; empty when somebody can enter already, by password or by a token made before
     * @throws ConstraintViolated when somebody in a practice has that address
     */
    public Optional<OneTimeToken> create(PracticeDatabase asOwner) {
        Caller caller = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        return asOwner.inTransaction(caller, this::create);
    }

    private Optional<OneTimeToken> create(Transaction transaction) {
        // A statement of its own: the next one's snapshot then sees what the holder before has committed.
        transaction.one(LOCK.bind(), row -> row.text("locked"));
        Optional<State> state =
                transaction.first(STATE.bind(), row -> new State(row.uuid("id"), row.bool("can_enter")));
        if (state.isPresent() && state.get().canEnter()) {
            return Optional.empty();
        }
        UUID operator = state.map(State::id).orElseGet(() -> operator(transaction));
        OneTimeToken token = OneTimeToken.random(PracticeId.PLATFORM, random);
        transaction.update(OneTimeTokens.store(token, operator, OneTimeTokens.Purpose.FIRST_LOGIN, LIFETIME));
        return Optional.of(token);
    }

    private UUID operator(Transaction transaction) {
        UUID id = Generators.timeBasedEpochRandomGenerator().generate();
        transaction.update(
                CREATE.bind().uuid("id", id).text("email", email.value()).text("search", email.searchForm()));
        return id;
    }
}
