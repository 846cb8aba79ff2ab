package com.medspasync.functions;

import com.medspasync.message.WebhookSecret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Everything the app is told from outside, under the same names on Azure (app settings) and on a developer's machine.
 *
 * @param database where the records are, and as whom the HTTP functions log in there
 * @param maintenance as whom queues and timers log in there; null in an app that runs none of them
 * @param redis the shared cache: {@code redis://} or, with TLS, {@code rediss://}
 * @param storage the account that holds blobs, queues and tables
 * @param keys where the root of the key hierarchy comes from
 * @param identity the client id of the app's managed identity; null off Azure, where there may be none
 * @param shredding when destroyed keys are destroyed, and certified to be
 * @param messages where messages go of practices that have no channel of their own; null when nowhere
 * @param corsOrigins the origins whose pages may call the API with credentials; empty allows none
 * @param trustedProxyHops how many entries, from the end of X-Forwarded-For, trusted front ends appended
 */
public record AppSettings(
        Database database,
        @Nullable Login maintenance,
        URI redis,
        Storage storage,
        Keys keys,
        @Nullable String identity,
        Shredding shredding,
        @Nullable MessageWebhook messages,
        List<String> corsOrigins,
        int trustedProxyHops) {

    public AppSettings {
        corsOrigins = List.copyOf(corsOrigins);
    }

    /**
     * The times of the destruction of keys.
     *
     * @param waitingPeriod before that of a practice's may be confirmed
     * @param keyBackups how long a backup that holds keys may live: what was destroyed before is in none
     */
    public record Shredding(Duration waitingPeriod, Duration keyBackups) {}

    /**
     * The platform's own channel for messages.
     *
     * @param url {@code https}; or {@code http}, off Azure, on this machine
     */
    public record MessageWebhook(URI url, WebhookSecret secret) {

        /** Hides the secret, and the URL's path, which may be one of the receiver's. */
        @Override
        public String toString() {
            return "MessageWebhook[" + url.getHost() + "]";
        }
    }

    /**
     * The database.
     *
     * @param url a JDBC URL that holds no credentials
     * @param poolSize connections that one instance may hold
     */
    public record Database(String url, Login login, int poolSize) {}

    /**
     * A login role.
     *
     * @param password null to log in with the app's managed identity instead
     */
    public record Login(String user, @Nullable String password) {

        /** Names the role and hides the password. */
        @Override
        public String toString() {
            return "Login[" + user + (password == null ? ", by managed identity]" : ", by password]");
        }
    }

    /** How to reach the storage account. */
    public sealed interface Storage {

        /** By a connection string, which holds a key. */
        record ConnectionString(String value) implements Storage {

            /** Hides the key. */
            @Override
            public String toString() {
                return "ConnectionString[hidden]";
            }
        }

        /** By the app's managed identity, at the account's three endpoints. */
        record Endpoints(URI blob, URI queue, URI table) implements Storage {}
    }

    /** Where the root key comes from. */
    public sealed interface Keys {

        /** From Azure Key Vault. */
        record KeyVault(URI vault) implements Keys {}

        /** From a file on this machine, which is refused on Azure. */
        record KeyFile(Path path) implements Keys {}
    }

    /**
     * The settings of this process: its environment variables, over which a system property of the same name wins. On Azure there are only
     * the former; the local platform sets the latter for what it has just started.
     *
     * @throws InvalidSettings as {@link #read}
     */
    public static AppSettings ofProcess() {
        return read(overlay(System.getenv(), System.getProperties()));
    }

    /**
     * Reads and checks {@code environment}.
     *
     * @throws InvalidSettings if anything is wrong; it names every fault and repeats no value
     */
    public static AppSettings read(Map<String, String> environment) {
        return new SettingsReader(environment).read();
    }

    static Map<String, String> overlay(Map<String, String> environment, Properties properties) {
        Map<String, String> merged = new HashMap<>(environment);
        for (String name : SettingNames.ALL) {
            String property = properties.getProperty(name);
            if (property != null) {
                merged.put(name, property);
            }
        }
        return merged;
    }
}
