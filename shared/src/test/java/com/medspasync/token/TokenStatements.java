package com.medspasync.token;

import static com.medspasync.database.DatabaseRole.APP;
import static com.medspasync.database.DatabaseRole.OWNER;

import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** The statements of signing keys. */
final class TokenStatements implements StatementExercise {

    private final SealedSigningKeys sealed = SigningKeysTest.sealedUnder(newFile());

    @Override
    public void run(Stage stage, int round) {
        stage.database().execute("delete from signing_keys");
        new SigningKeyRenewal(stage.open(OWNER), sealed, Clock.systemUTC()).run();
        TokenSettings settings = TokenSettings.of("https://medspasync.example", "medspasync-api");
        new SigningKeys(stage.open(APP), sealed, settings, Clock.systemUTC()).current();
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
