package com.medspasync.functions.local;

import com.medspasync.contact.EmailAddress;
import com.medspasync.functions.AppIdentity;
import com.medspasync.functions.AppSettings;
import com.medspasync.functions.Migration;
import com.medspasync.functions.SettingNames;
import com.medspasync.functions.Stores;
import com.medspasync.functions.local.copy.LoadedCopy;
import com.medspasync.functions.local.demo.DemoPractices;
import com.medspasync.functions.local.host.FunctionCatalogue;
import com.medspasync.functions.local.host.HostJson;
import com.medspasync.functions.local.host.LocalHost;
import com.medspasync.functions.local.stack.EmbeddedStores;
import com.medspasync.functions.local.stack.LocalKeyVault;
import com.medspasync.functions.local.stack.LocalMessages;
import com.medspasync.functions.local.stack.Postgres;
import com.medspasync.functions.local.stack.Repository;
import com.medspasync.hosting.Hosting;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The whole platform on this machine: stores that the environment does not give are embedded, the functions are served, demo data is there. {@code
 * ./mvnw -Plocal} runs {@link #main}.
 */
public final class LocalPlatform implements AutoCloseable {

    private final Progress progress;
    private final Map<String, String> environment;
    private final DemoData demoData;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private boolean keyVault;
    private @Nullable LocalMessages messages;

    LocalPlatform(Map<String, String> environment, DemoData demoData, PrintStream out) {
        this.environment = new HashMap<>(environment);
        this.demoData = demoData;
        this.progress = new Progress(out);
    }

    /**
     * Starts everything and runs until the process is told to end. The system property {@code local.fresh} starts over; {@code
     * local.keyvault} has the keys in a Key Vault of this machine instead of a file; {@code local.copy} names a directory with the files of a masked
     * copy, which is loaded beside the demo data.
     */
    public static void main(String[] arguments) {
        ParentWatch.endWithParent();
        LocalPlatform platform = new LocalPlatform(System.getenv(), demoData(), System.out)
                .withKeyVault(isOn(System.getProperty("local.keyvault", "false")));
        Runtime.getRuntime().addShutdownHook(new Thread(platform::close, "stop"));
        try {
            platform.start(Repository.root(), isOn(System.getProperty("local.fresh", "false")));
            // Every thread of ours is a daemon: this one keeps the process alive until a signal ends it.
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            System.err.println(messages(e));
            System.exit(1);
        }
    }

    private static DemoData demoData() {
        String copy = System.getProperty("local.copy", "");
        return copy.isBlank() ? new DemoPractices() : new LoadedCopy(new DemoPractices(), Path.of(copy));
    }

    /** Whether the root keys are to lie in a Key Vault of this machine, where the environment gives no other place. */
    LocalPlatform withKeyVault(boolean wanted) {
        keyVault = wanted;
        return this;
    }

    /**
     * Starts everything on the data under {@code root}.
     *
     * @throws IllegalStateException on Azure, or if a part does not start; {@link #close} stops the others
     */
    void start(Path root, boolean fresh) {
        if (Hosting.isAzure(environment)) {
            throw new IllegalStateException(
                    "This is Azure: the local platform, whose keys lie in a file and whose passwords are known,"
                            + " does not run here");
        }
        progress.line("MedSpaSync Pro, local platform");
        LocalSettings local = localSettings(root);
        boolean ownDatabase = !EmbeddedStores.givesDatabase(environment);
        EmbeddedStores.given(environment).forEach(name -> progress.line("  " + name + " is given by the environment"));
        if (environment.getOrDefault(SettingNames.MESSAGE_WEBHOOK_URL, "").isBlank()) {
            receiveMessages();
        }
        if (!EmbeddedStores.allGiven(environment)) {
            startStores(root, fresh);
        } else if (fresh) {
            throw new IllegalStateException("A fresh start is for embedded stores; the environment gives all of them");
        }
        LocalKeyVault.trust(environment);
        environment.putIfAbsent(SettingNames.CORS_ORIGINS, String.join(",", local.corsOrigins()));
        SettingNames.ALL.stream()
                .filter(environment::containsKey)
                .forEach(name -> System.setProperty(name, environment.get(name)));
        AppSettings settings = AppSettings.ofProcess();
        List<String> demo = ownDatabase ? prepare(settings) : List.of("not loaded: the database is not ours");
        LocalHost host = progress.step("Functions", () -> serve(root, local));
        running.push(host);
        progress.step("First request", () -> firstRequest(host));
        tell(host, demo, root);
    }

    /** Whoever would mail an invitation is not here: the terminal tells its token. */
    private void receiveMessages() {
        LocalMessages receiver = LocalMessages.start(progress::line);
        running.push(receiver);
        environment.putAll(receiver.settings());
        messages = receiver;
    }

    private void startStores(Path root, boolean fresh) {
        LocalDirectory directory = LocalDirectory.open(root.resolve(".local"), fresh);
        running.push(directory);
        EmbeddedStores stores = EmbeddedStores.start(environment, directory.data(), progress::step);
        running.push(stores);
        environment.putAll(stores.settings());
        if (Stream.of(SettingNames.KEY_VAULT_URL, SettingNames.LOCAL_KEY_FILE)
                .allMatch(name -> environment.getOrDefault(name, "").isBlank())) {
            environment.putAll(keyStore(directory.data()));
        }
        Map<String, String> shared = new HashMap<>(environment);
        shared.keySet()
                .retainAll(Stream.of(SettingNames.ALL, LocalKeyVault.VARIABLES)
                        .flatMap(List::stream)
                        .toList());
        directory.writeSettings(shared);
    }

    /** Data that was encrypted under the keys of one place cannot be read with those of the other. */
    private Map<String, String> keyStore(Path data) {
        Path file = data.resolve("root.key");
        Path vault = data.resolve("keyvault");
        if (Files.exists(keyVault ? file : vault)) {
            throw new IllegalStateException("The data here was made " + (keyVault ? "without" : "with")
                    + " -Dlocal.keyvault: go on so, or start over with -Dlocal.fresh");
        }
        if (!keyVault) {
            return Map.of(SettingNames.LOCAL_KEY_FILE, file.toString());
        }
        LocalKeyVault started = progress.step("Key Vault", () -> LocalKeyVault.start(vault, environment));
        running.push(started);
        return started.settings();
    }

    /** Migrates the embedded database and fills it with people. */
    private List<String> prepare(AppSettings settings) {
        Migration migration = progress.step(
                "Schema, keys, first operator",
                () -> Migration.run(
                        Postgres.administrator(settings.database().url()),
                        Map.of(),
                        Stores.rootKeys(
                                settings.keys(),
                                new AppIdentity(settings.identity(), environment),
                                new SecureRandom(),
                                Clock.systemUTC()),
                        new EmailAddress(DemoPractices.OPERATOR),
                        step -> {}));
        DemoData.Summary summary = progress.step("Demo data", () -> demoData.load(settings, migration.operatorToken()));
        List<String> lines = new ArrayList<>(List.of(summary.contents()));
        lines.addAll(summary.logins());
        return lines;
    }

    /** Builds the app, and shows that it answers. */
    private static int firstRequest(LocalHost host) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI health = host.url().resolve("/api/health/ready");
            return client.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private LocalHost serve(Path root, LocalSettings local) {
        return LocalHost.serving(FunctionCatalogue.besides(AppSettings.class))
                .hostJson(HostJson.read(root.resolve("host.json")))
                .settings(environment)
                .cors(local.cors())
                .port(local.port())
                .start();
    }

    private LocalSettings localSettings(Path root) {
        LocalSettings file = LocalSettings.read(root.resolve("local.settings.json"));
        String origins = environment.getOrDefault(SettingNames.CORS_ORIGINS, "");
        LocalSettings settings = origins.isBlank() ? file : file.withOrigins(LocalSettings.origins(origins));
        String port = environment.getOrDefault("PORT", "");
        if (port.isBlank()) {
            return settings;
        }
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalStateException("PORT is not a port number");
        }
        return settings.withPort(Integer.parseInt(port));
    }

    private void tell(LocalHost host, List<String> demo, Path root) {
        progress.line("");
        progress.line("  API        " + host.url() + "/api");
        progress.line("  Reference  " + host.url() + "/api/docs");
        progress.line("  Health     " + host.url() + "/api/health/ready");
        if (messages != null) {
            progress.line("  Messages   " + messages.url());
        }
        if (environment.containsKey(SettingNames.KEY_VAULT_URL)) {
            progress.line("  Keys       in " + environment.get(SettingNames.KEY_VAULT_URL));
        }
        progress.line("  Demo       " + String.join("\n             ", demo));
        progress.line("  Data       " + root.resolve(".local").resolve("data") + " (-Dlocal.fresh starts over)");
        progress.line("  Settings   " + root.resolve(".local").resolve("settings.env")
                + " (for psql, or a second host on the same stores)");
        progress.line("");
        progress.line("Ready in " + progress.elapsed().toMillis() + " ms. Ctrl-C stops everything.");
    }

    /** Stops what was started, the last first. What does not stop well is told, and the rest is stopped all the same. */
    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                progress.line("Not stopped well: " + messages(e));
            }
        }
    }

    /** {@code -Dlocal.fresh} alone reaches us as an empty text, or as true. */
    private static boolean isOn(String property) {
        return property.isEmpty() || property.equals("true");
    }

    private static String messages(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append("\n  because: ").append(cause.getMessage());
        }
        return text.toString();
    }
}
