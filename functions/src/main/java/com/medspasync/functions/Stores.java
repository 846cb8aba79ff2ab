package com.medspasync.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.medspasync.crypto.KeyVault;
import com.medspasync.crypto.KeyVaultRootKeys;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.RootKeys;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.functions.AppSettings.Keys;
import com.medspasync.functions.AppSettings.Login;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The services that the app stands on, as its settings name them. Nothing is connected to before it is used. */
public final class Stores implements AutoCloseable {

    private static final String DATABASE_SCOPE = "https://ossrdbms-aad.database.windows.net/.default";

    /** Azure's tokens live for an hour and more; a connection is replaced well before. */
    private static final Duration CONNECTION_LIFE = Duration.ofMinutes(30);

    private static final Duration ROOT_KEYS_SERVE = Duration.ofHours(1);

    /** Jobs are few at a time, and each runs one statement after the other. */
    private static final int MAINTENANCE_POOL = 6;

    private final PracticeDatabase database;
    private final @Nullable PracticeDatabase maintenance;
    private final RootKeys rootKeys;
    private final StorageAccount storage;

    public Stores(AppSettings settings, SecureRandom random, Clock clock) {
        this(settings, new AppIdentity(settings.identity(), System.getenv()), random, clock);
    }

    /** @param identity as whom the app logs in to Azure's services; asked when it is first needed */
    Stores(AppSettings settings, Supplier<TokenCredential> identity, SecureRandom random, Clock clock) {
        AppSettings.Database target = settings.database();
        database = open(target.url(), target.login(), target.poolSize(), identity);
        Login login = settings.maintenance();
        maintenance = login == null ? null : open(target.url(), login, MAINTENANCE_POOL, identity);
        storage = new StorageAccount(settings.storage(), identity);
        rootKeys = rootKeys(settings.keys(), identity, random, clock);
    }

    private static PracticeDatabase open(String url, Login login, int poolSize, Supplier<TokenCredential> identity) {
        return PracticeDatabase.open(DatabaseSettings.of(url, login.user(), password(login, identity))
                .withPoolSize(poolSize)
                .withMaxLifetime(CONNECTION_LIFE));
    }

    /** Where the root of the key hierarchy comes from. */
    public static RootKeys rootKeys(Keys keys, Supplier<TokenCredential> identity, SecureRandom random, Clock clock) {
        return switch (keys) {
            case Keys.KeyFile(Path path) -> new LocalRootKeys(path, System.getenv(), random, clock);
            case Keys.KeyVault(URI vault) ->
                new KeyVaultRootKeys(
                        () -> KeyVault.client(vault.toString(), identity.get()), ROOT_KEYS_SERVE, random, clock);
        };
    }

    /** The password of a login role; without one, a token of {@code identity} for each connection that is opened. */
    static Supplier<String> password(Login login, Supplier<TokenCredential> identity) {
        return Optional.ofNullable(login.password())
                .<Supplier<String>>map(password -> () -> password)
                .orElse(() -> identity.get()
                        .getTokenSync(new TokenRequestContext().addScopes(DATABASE_SCOPE))
                        .getToken());
    }

    PracticeDatabase database() {
        return database;
    }

    /** Logged in for maintenance; empty in an app that does none. */
    public Optional<PracticeDatabase> maintenance() {
        return Optional.ofNullable(maintenance);
    }

    StorageAccount storage() {
        return storage;
    }

    RootKeys rootKeys() {
        return rootKeys;
    }

    @Override
    public void close() {
        database.close();
        maintenance().ifPresent(PracticeDatabase::close);
    }
}
