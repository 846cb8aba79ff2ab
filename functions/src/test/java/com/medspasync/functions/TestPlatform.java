package com.medspasync.functions;

import com.medspasync.contact.EmailAddress;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.LocalRootKeys;
import com.medspasync.crypto.PlatformPurpose;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.DatabaseSettings;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.FunctionCatalogue;
import com.medspasync.functions.local.host.LocalHost;
import com.medspasync.functions.local.stack.Redis;
import com.medspasync.functions.local.stack.SharedAzurite;
import com.medspasync.message.Received;
import com.medspasync.message.WebhookReceiver;
import com.medspasync.token.AccessTokens;
import com.medspasync.token.Authenticated;
import com.medspasync.token.Authenticated.Proof;
import com.medspasync.token.SealedSigningKeys;
import com.medspasync.token.SigningKeys;
import com.medspasync.token.TokenSettings;
import com.medspasync.token.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The whole platform for one test class: an embedded PostgreSQL prepared by the migration, Redis, Azurite, the demo practices, and the app behind
 * a local host. Its database's server is its own, so that a test may stop it.
 */
final class TestPlatform implements AutoCloseable {

    private final Path directory;
    private final EmbeddedDatabase database;
    private final Redis redis;
    private final WebhookReceiver receiver;
    private final Function<AppSettings, App> composing;
    private final Map<String, String> environment;
    private LocalHost host;

    private TestPlatform(int clients, Function<AppSettings, App> composing) {
        this.composing = composing;
        try {
            directory = Files.createTempDirectory("medspasync-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database = EmbeddedDatabase.migratedWithOwnServer();
        redis = Redis.start(directory.resolve("redis"));
        receiver = WebhookReceiver.start(message -> {});
        environment = new HashMap<>(Map.of(
                SettingNames.DATABASE_URL,
                database.url(),
                SettingNames.DATABASE_USER,
                EmbeddedDatabase.APP,
                SettingNames.DATABASE_PASSWORD,
                "any",
                SettingNames.MAINTENANCE_DATABASE_USER,
                EmbeddedDatabase.MAINTENANCE,
                SettingNames.MAINTENANCE_DATABASE_PASSWORD,
                "any",
                SettingNames.REDIS_URL,
                redis.url(),
                SettingNames.STORAGE,
                SharedAzurite.connectionString(),
                SettingNames.LOCAL_KEY_FILE,
                directory.resolve("root.key").toString()));
        environment.put(
                SettingNames.MESSAGE_WEBHOOK_URL, receiver.url("127.0.0.1").toString());
        environment.put(SettingNames.MESSAGE_WEBHOOK_SECRET, receiver.secret());
        Migration migration = Migration.run(
                DatabaseSettings.of(database.url(), EmbeddedDatabase.SUPERUSER, () -> "any"),
                Map.<DatabaseRole, String>of(),
                new LocalRootKeys(directory.resolve("root.key"), Map.of(), new SecureRandom(), Clock.systemUTC()),
                new EmailAddress(DemoPractices.OPERATOR),
                step -> {});
        var unused = new DemoPractices(clients).load(settings(), migration.operatorToken());
        host = newHost(Map.of());
    }

    /** @param clients how many each of the two practices has */
    static TestPlatform start(int clients) {
        return start(clients, App::of);
    }

    /** One whose hosts' apps are composed in another way. */
    static TestPlatform start(int clients, Function<AppSettings, App> composing) {
        return new TestPlatform(clients, composing);
    }

    /** The app's settings. */
    AppSettings settings() {
        return AppSettings.read(environment);
    }

    /** What {@link #settings} are read from. */
    Map<String, String> environment() {
        return Collections.unmodifiableMap(environment);
    }

    /** One more host on the same stores; the caller closes it. */
    LocalHost newHost(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(changed);
        return LocalHost.serving(FunctionCatalogue.besides(AppSettings.class))
                .injector(new AppInjector(() -> AppSettings.read(all), composing))
                .settings(all)
                .start();
    }

    /** Serves again, after a test has closed the host. */
    void restartHost() {
        host = newHost(Map.of());
    }

    LocalHost host() {
        return host;
    }

    EmbeddedDatabase database() {
        return database;
    }

    /** {@code token} as it would be had its user been proved ten minutes earlier. */
    String agedToken(String token) {
        return signed(
                token,
                user -> new Authenticated(
                        user.practice(),
                        user.user(),
                        user.role(),
                        user.session(),
                        new Proof(
                                user.proof().at().minus(Duration.ofMinutes(10)),
                                user.proof().secondFactor()),
                        user.enrolmentOnly(),
                        user.emergency()));
    }

    /** {@code token} as it would be had its user yet to set up a second factor. */
    String enrolmentToken(String token) {
        return signed(
                token,
                user -> new Authenticated(
                        user.practice(), user.user(), user.role(), user.session(), user.proof(), true, null));
    }

    /** {@code token} as an app would sign it, with the same keys, that has other settings or another time. */
    String tokenOf(String token, TokenSettings settings, Clock clock) {
        SecureRandom random = new SecureRandom();
        try (Stores stores = new Stores(settings(), random, Clock.systemUTC())) {
            Envelope envelope = new Envelope(random);
            KeyHierarchy keys = new KeyHierarchy(
                    stores.rootKeys(),
                    practice -> List.of(),
                    envelope,
                    random,
                    Clock.systemUTC(),
                    Duration.ofMinutes(1));
            SealedSigningKeys sealed = new SealedSigningKeys(envelope, keys.platformKeys(PlatformPurpose.SIGNING_KEYS));
            SigningKeys signing = new SigningKeys(stores.database(), sealed, settings, Clock.systemUTC());
            AccessTokens ours = Features.on(stores, random, Clock.systemUTC()).accessTokens();
            if (ours.verify(token) instanceof Verification.Verified verified) {
                return new AccessTokens(signing, settings, clock)
                        .issue(verified.user())
                        .token();
            }
            throw new AssertionError("the token is not good");
        }
    }

    private String signed(String token, UnaryOperator<Authenticated> change) {
        SecureRandom random = new SecureRandom();
        try (Stores stores = new Stores(settings(), random, Clock.systemUTC())) {
            AccessTokens tokens = Features.on(stores, random, Clock.systemUTC()).accessTokens();
            if (tokens.verify(token) instanceof Verification.Verified verified) {
                return tokens.issue(change.apply(verified.user())).token();
            }
            throw new AssertionError("the token is not good");
        }
    }

    /** What the superuser reads in the first column of the first row. */
    String text(String sql) {
        try (Connection connection = database.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            if (!result.next()) {
                throw new AssertionError("no row: " + sql);
            }
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whoever receives the messages of practices that have no channel of their own. */
    WebhookReceiver receiver() {
        return receiver;
    }

    /** Waits for a message like this, for half a minute at most. */
    Received awaitMessage(Predicate<Received> wanted) {
        return receiver.await(wanted, Duration.ofSeconds(30));
    }

    /** Fires a timer, as an operator can. */
    void fire(String timer) {
        HttpRequest request = HttpRequest.newBuilder(host.url().resolve("/admin/functions/" + timer))
                .POST(HttpRequest.BodyPublishers.ofString("{\"input\":\"\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 202) {
                throw new AssertionError(timer + " was not fired: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Redis redis() {
        return redis;
    }

    @Override
    public void close() {
        host.close();
        receiver.close();
        redis.close();
        database.close();
    }
}
