package com.medspasync.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.medspasync.crypto.KeyVault;
import com.medspasync.crypto.KeyVaultRootKeys;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.RootKeys;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.functions.AppSettings.Keys;
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

    private final PracticeDatabase database;
    private final RootKeys rootKeys;

    public Stores(AppSettings settings, SecureRandom random, Clock clock) {
        AppSettings.Database target = settings.database();
        database = PracticeDatabase.open(
                DatabaseSettings.of(target.url(), target.login().user(), password(target.login()))
                        .withPoolSize(target.poolSize())
                        .withMaxLifetime(CONNECTION_LIFE));
        rootKeys = rootKeys(settings.keys(), random, clock);
    }

    /** Where the root of the key hierarchy comes from. */
    public static RootKeys rootKeys(Keys keys, SecureRandom random, Clock clock) {
        return switch (keys) {
            case Keys.KeyFile(Path path) -> new LocalRootKeys(path, System.getenv(), random, clock);
            case Keys.KeyVault(URI vault) ->
                new KeyVaultRootKeys(
                        () -> KeyVault.client(vault.toString(), managedIdentity()), ROOT_KEYS_SERVE, random, clock);
        };
    }

    /** The password of a login role; without one, a token of the managed identity for each connection that is opened. */
    static Supplier<String> password(AppSettings.Login login) {
        return Optional.ofNullable(login.password())
                .<Supplier<String>>map(password -> () -> password)
                .orElseGet(Stores::databaseTokens);
    }

    private static Supplier<String> databaseTokens() {
        TokenRequestContext scope = new TokenRequestContext().addScopes(DATABASE_SCOPE);
        Supplier<TokenCredential> identity = new Supplier<>() {
            private volatile @Nullable TokenCredential credential;

            @Override
            public TokenCredential get() {
                TokenCredential known = credential;
                if (known == null) {
                    known = managedIdentity();
                    credential = known;
                }
                return known;
            }
        };
        return () -> identity.get().getTokenSync(scope).getToken();
    }

    /** The identity of the function app: on Azure the one that AZURE_CLIENT_ID names. Its first use costs seconds. */
    private static TokenCredential managedIdentity() {
        return new DefaultAzureCredentialBuilder().build();
    }

    PracticeDatabase database() {
        return database;
    }

    RootKeys rootKeys() {
        return rootKeys;
    }

    @Override
    public void close() {
        database.close();
    }
}
