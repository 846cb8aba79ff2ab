package com.medspasync.functions;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.identity.FirstOperator;
import com.medspasync.input.Parsed;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/**
 * Prepares the database before a deployment: {@code java -cp 'lib/*' com.medspasync.functions.MigrationMain}. Reads the app's own
 * settings, with DATABASE_USER naming the owner or an administrator who may act as the owner, and OPERATOR_EMAIL.
 */
public final class MigrationMain {

    /** The first operator's e-mail address. */
    static final String OPERATOR_EMAIL = "OPERATOR_EMAIL";

    private MigrationMain() {}

    public static void main(String[] arguments) {
        run(System.getenv(), System.out);
    }

    static void run(Map<String, String> environment, PrintStream out) {
        AppSettings settings = AppSettings.read(environment);
        if (!(EmailAddress.parse(environment.getOrDefault(OPERATOR_EMAIL, ""))
                instanceof Parsed.Valid<EmailAddress>(EmailAddress operator))) {
            throw new IllegalArgumentException(OPERATOR_EMAIL + " is not an e-mail address");
        }
        AppSettings.Database database = settings.database();
        AppIdentity identity = new AppIdentity(settings.identity(), environment);
        Migration migration = Migration.run(
                DatabaseSettings.of(
                        database.url(), database.login().user(), Stores.password(database.login(), identity)),
                Map.of(),
                Stores.rootKeys(settings.keys(), identity, new SecureRandom(), Clock.systemUTC()),
                operator,
                step -> out.println("... " + step));
        out.println("Schema version " + migration.migrated().version()
                + (migration.migrated().nothing() ? ", nothing to do" : ""));
        migration
                .operatorToken()
                .ifPresent(token -> out.println("First operator's one-time token, good for "
                        + FirstOperator.LIFETIME.toDays()
                        + " days, shown only now: "
                        + token.reveal()));
    }
}
