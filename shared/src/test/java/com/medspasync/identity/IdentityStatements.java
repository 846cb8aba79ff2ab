package com.medspasync.identity;

import static com.medspasync.database.DatabaseRole.APP;
import static com.medspasync.database.DatabaseRole.OWNER;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;

import com.medspasync.clients.Platform;
import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.notice.Notices;
import com.medspasync.password.Passwords;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of users, logins, sessions and one-time tokens. */
final class IdentityStatements implements StatementExercise {

    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(4, 8, Duration.ofSeconds(10), random);
    private final MovableClock clock = new MovableClock(Instant.now());

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        users(stage, round);
        stage.database().execute("delete from one_time_tokens", """
                delete from users where practice_id = '%s'""".formatted(PracticeId.PLATFORM));
        PracticeDatabase owner = stage.open(OWNER);
        new FirstOperator(email("operator" + round + "@medspasync.example"), random).create(owner);
    }

    private void users(Stage stage, int round) {
        PracticeDatabase app = stage.open(APP);
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(APP));
        }
        PracticeId practice = platform.practice("Stage" + round);
        Identity identity = Identity.on(
                app,
                platform.newKeys(),
                new FieldCipher(new Envelope(random)),
                passwords,
                tokens(),
                new Cursors(platform.newKeys(), new Envelope(random)),
                new Notices((id, delay) -> {}, UUID::randomUUID),
                Examples.LIMITS,
                random,
                clock);
        Caller admin = Caller.platform(practice, origin());
        var email = email("user" + round + "@stage.example");
        UserCreation creation = identity.users().create(admin, email, Role.STAFF, password(Examples.PASSWORD));
        if (!(creation instanceof UserCreation.Created(UUID user))) {
            throw new IllegalStateException("not created: " + creation);
        }
        NetworkLimit.forgive(app, origin());
        identity.logins().login(email, password("Another-Password-1"), origin());
        LoginOutcome login = identity.logins().login(email, password(Examples.PASSWORD), origin());
        if (!(login instanceof LoginOutcome.LoggedIn(Entry entry, String name))) {
            throw new IllegalStateException("not logged in: " + login);
        }
        secondFactor(identity, entry.user().caller(origin()), email);
        identity.sessions().refresh(entry.refresh(), origin());
        identity.sessions().logOut(entry.refresh(), origin());
        String token = identity.oneTimeTokens()
                .create(admin, user, OneTimeTokens.Purpose.PASSWORD_RESET, Duration.ofHours(1))
                .reveal();
        identity.oneTimeTokens().redeem(token, password("Another-Password-1"), origin());
    }

    private void secondFactor(Identity identity, Caller caller, EmailAddress email) {
        identity.stepUps().prove(caller, new StepUps.Evidence.Secret(password(Examples.PASSWORD)));
        TotpSecret secret =
                identity.authenticators().begin(caller).orElseThrow().secret();
        identity.authenticators().confirm(caller, code(secret));
        identity.authenticators().newCodes(caller);
        if (!(identity.logins().login(email, password(Examples.PASSWORD), origin())
                instanceof LoginOutcome.SecondFactorNeeded(OneTimeToken ticket, Duration lifetime))) {
            throw new IllegalStateException("no second factor was asked for");
        }
        clock.forward(Duration.ofMinutes(1));
        identity.secondFactorLogins().login(ticket.reveal(), new SecondFactor.Given.Code(code(secret)), origin());
        identity.sessions().list(caller, caller.requireUser());
        identity.users().self(caller);
        identity.authenticators().remove(caller);
        identity.sessions().end(caller, UUID.randomUUID());
        identity.sessions().endAll(caller, UUID.randomUUID());
        identity.passwordChanges().change(caller, password(Examples.PASSWORD), password("Kite-over-the-lake-7"));
    }

    private TotpCode code(TotpSecret secret) {
        return Totp.code(secret, Totp.step(clock.instant()));
    }

    private AccessTokens tokens() {
        SigningKey key = SigningKey.generate(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
        return new AccessTokens(new HeldKeys(key), settings(), clock);
    }

    private static TokenSettings settings() {
        return TokenSettings.of("https://medspasync.example", "medspasync-api");
    }
}
