package com.medspasync.identity;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Platform;
import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.input.Parsed;
import com.medspasync.notice.Notices;
import com.medspasync.password.Password;
import com.medspasync.password.Passwords;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.HeldKeys;
import com.medspasync.token.MovableClock;
import com.medspasync.token.SigningKey;
import com.medspasync.token.TokenSettings;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Identity over a database of its own: real parts, but for a bcrypt of the lowest cost and keys that lie in memory. */
final class Examples implements AutoCloseable {

    static final String PASSWORD = "Demo-Password-1";

    private static final Sql AUDIT = Sql.of("""
            select action, coalesce(details ->> 'outcome', '') as outcome, user_id, record_id, ip_address, user_agent, request_id,
              coalesce(details::text, '') || coalesce(old_values::text, '') || coalesce(new_values::text, '') as everything
            from audit_logs
            where practice_id = :practice::uuid and table_name = :table
            order by timestamp, action""");

    private static final Sql HASH =
            Sql.of("select password from users where practice_id = :practice::uuid and id = :id::uuid");

    /** All of a test come from one address. */
    static final Identity.Limits LIMITS =
            new Identity.Limits(Lockout.standard(), new NetworkLimit(1_000_000, Duration.ofMinutes(5)));

    private static final AtomicInteger COUNT = new AtomicInteger();

    final EmbeddedDatabase embedded = EmbeddedDatabase.migrated();
    final PracticeDatabase database = embedded.open(EmbeddedDatabase.APP);
    final SecureRandom random = new SecureRandom();
    private final Platform platform = Platform.on(embedded);
    final Passwords passwords = new Passwords(4, 8, Duration.ofSeconds(10), random);
    final MovableClock clock = new MovableClock(Instant.now());
    final AccessTokens tokens = new AccessTokens(
            new HeldKeys(SigningKey.generate(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"))),
            TokenSettings.of("https://medspasync.example", "medspasync-api"),
            clock);
    /** The ids of the notices that were announced. */
    final Queue<UUID> announced = new ConcurrentLinkedQueue<>();

    final Notices notices =
            new Notices((id, delay) -> announced.add(id), Generators.timeBasedEpochRandomGenerator()::generate);
    final Identity identity = identity(passwords);
    final Users users = identity.users();
    final OneTimeTokens oneTimeTokens = identity.oneTimeTokens();
    final Logins logins = identity.logins();

    /** One row of the audit. */
    record Audited(
            String action,
            String outcome,
            @Nullable UUID user,
            @Nullable UUID record,
            @Nullable String address,
            @Nullable String agent,
            @Nullable UUID request,
            String everything) {}

    /** Somebody who has an authenticator, and the session in which it was set up. */
    record Enrolled(Person person, Caller caller, TotpSecret secret, List<RecoveryCode> codes) {}

    /** Somebody who can log in. */
    record Person(PracticeId practice, UUID id, EmailAddress email, Role role) {}

    static Origin origin() {
        return new Origin("203.0.113.7", "ExampleBrowser/1.0", UUID.randomUUID());
    }

    static Password password(String text) {
        return switch (Password.typed(text)) {
            case Parsed.Valid<Password>(Password password) -> password;
            case Parsed.Invalid<Password> invalid -> throw new AssertionError(invalid.violations());
        };
    }

    static EmailAddress email(String text) {
        return new EmailAddress(text);
    }

    PracticeId practice(String name) {
        return platform.practice(name);
    }

    /** The whole of it as another instance has it, which reads no keys that this one has read. */
    Identity identity(PracticeDatabase on, Passwords verifying, Identity.Limits limits) {
        return Identity.on(
                on,
                platform.newKeys(),
                new FieldCipher(new Envelope(random)),
                verifying,
                tokens,
                new Cursors(platform.newKeys(), new Envelope(random)),
                notices,
                limits,
                random,
                clock);
    }

    /** As this one, on another connection. */
    Identity identity(PracticeDatabase on) {
        return identity(on, passwords, LIMITS);
    }

    /** As this one, with passwords that take another time. */
    Identity identity(Passwords verifying) {
        return identity(database, verifying, LIMITS);
    }

    /** A user of a new practice, with {@link #PASSWORD}. */
    Person user(Role role) {
        return user(practice("Glow"), role);
    }

    Person user(PracticeId practice, Role role) {
        EmailAddress email = email("user" + COUNT.incrementAndGet() + "@glow.example");
        Caller admin = Caller.platform(practice, origin());
        return switch (users.create(admin, email, role, password(PASSWORD))) {
            case UserCreation.Created(UUID id) -> new Person(practice, id, email, role);
            case UserCreation.EmailTaken taken -> throw new AssertionError("taken");
            case UserCreation.Busy busy -> throw new AssertionError("not created");
        };
    }

    /** Somebody who has logged in, with a password alone. */
    Entry entry(Person person) {
        if (login(person, PASSWORD) instanceof LoginOutcome.LoggedIn(Entry entry, String practiceName)) {
            return entry;
        }
        throw new AssertionError("not logged in");
    }

    /** What an authenticator with {@code secret} shows now; later each time, so that no code is used twice. */
    SecondFactor.Given.Code nextCode(TotpSecret secret) {
        clock.forward(Duration.ofSeconds(Totp.STEP_SECONDS));
        return new SecondFactor.Given.Code(Totp.code(secret, Totp.step(clock.instant())));
    }

    /** A user with an authenticator. */
    Enrolled enrolled(Role role) {
        Person person = user(role);
        Caller caller = entry(person).user().caller(origin());
        TotpSecret secret =
                identity.authenticators().begin(caller).orElseThrow().secret();
        Authenticators.Confirmed confirmed = identity.authenticators()
                .confirm(caller, nextCode(secret).code())
                .orElseThrow();
        return new Enrolled(person, caller, secret, confirmed.codes());
    }

    /** The ticket for the second half of a login. */
    OneTimeToken ticket(Person person) {
        if (login(person, PASSWORD)
                instanceof LoginOutcome.SecondFactorNeeded(OneTimeToken ticket, Duration lifetime)) {
            return ticket;
        }
        throw new AssertionError("no second factor was asked for");
    }

    /** The user's stored hash. */
    String hash(Person user) {
        return database.one(
                Caller.platform(user.practice(), origin()),
                HASH.bind().uuid("id", user.id()),
                row -> row.text("password"));
    }

    /** Sets columns of the user, as nobody may. */
    void execute(Person user, String assignments) {
        embedded.execute("update users set " + assignments + " where id = '" + user.id() + "'");
    }

    /** Sets columns of the session, as nobody may. */
    void executeSession(Entry entry, String assignments) {
        embedded.execute("update sessions set " + assignments + " where id = '"
                + entry.user().session() + "'");
    }

    LoginOutcome login(Person person, String password) {
        return logins.login(person.email(), password(password), origin());
    }

    List<Audited> audit(PracticeId practice, String table) {
        return database.list(
                Caller.platform(practice, origin()),
                AUDIT.bind().text("table", table),
                row -> new Audited(
                        row.text("action"),
                        row.text("outcome"),
                        row.uuidOrNull("user_id"),
                        row.uuidOrNull("record_id"),
                        row.textOrNull("ip_address"),
                        row.textOrNull("user_agent"),
                        row.uuidOrNull("request_id"),
                        row.text("everything")));
    }

    @Override
    public void close() {
        embedded.close();
    }
}
