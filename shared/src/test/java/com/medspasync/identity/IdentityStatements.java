package com.medspasync.identity;

import static com.medspasync.database.DatabaseRole.APP;
import static com.medspasync.database.DatabaseRole.OWNER;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;
import static com.medspasync.identity.Examples.password;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** The statements of users, logins, one-time tokens and signing keys. */
final class IdentityStatements implements StatementExercise {

    private final SecureRandom random = new SecureRandom();
    private final Passwords passwords = new Passwords(4, 8, Duration.ofSeconds(10), random);
    private final SealedSigningKeys sealed = SigningKeysTest.sealedUnder(newFile());

    @Override
    public void run(Stage stage, int round) {
        users(stage, round);
        stage.database()
                .execute("delete from one_time_tokens", "delete from signing_keys", """
                delete from users where practice_id = '%s'""".formatted(PracticeId.PLATFORM));
        PracticeDatabase owner = stage.open(OWNER);
        new FirstOperator(email("operator" + round + "@medspasync.example"), random).create(owner);
        new SigningKeyRenewal(owner, sealed, Clock.systemUTC()).run();
        new SigningKeys(stage.open(APP), sealed, settings(), Clock.systemUTC()).current();
    }

    private void users(Stage stage, int round) {
        PracticeDatabase app = stage.open(APP);
        PracticeId practice = new PracticeId(UUID.randomUUID());
        stage.database().execute("insert into practices (id, name) values ('%s', 'Stage')".formatted(practice));
        Caller admin = Caller.platform(practice, origin());
        var email = email("user" + round + "@stage.example");
        UserCreation creation = new Users(app, passwords).create(admin, email, Role.STAFF, password(Examples.PASSWORD));
        if (!(creation instanceof UserCreation.Created(UUID user))) {
            throw new IllegalStateException("not created: " + creation);
        }
        Logins logins = new Logins(app, passwords, tokens(), Lockout.standard());
        logins.login(email, password(Examples.PASSWORD), origin());
        logins.login(email, password("Another-Password-1"), origin());
        OneTimeTokens oneTimeTokens = new OneTimeTokens(app, passwords, random);
        String token = oneTimeTokens
                .create(admin, user, OneTimeTokens.Purpose.PASSWORD_RESET, Duration.ofHours(1))
                .reveal();
        oneTimeTokens.redeem(token, password("Another-Password-1"), origin());
    }

    private static AccessTokens tokens() {
        SigningKey key = SigningKey.generate(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
        return new AccessTokens(new HeldKeys(key), settings(), Clock.systemUTC());
    }

    private static TokenSettings settings() {
        return TokenSettings.of("https://medspasync.example", "medspasync-api");
    }

    private static Path newFile() {
        try {
            Path file = Files.createTempDirectory("medspasync-keys-").resolve("root-keys");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
