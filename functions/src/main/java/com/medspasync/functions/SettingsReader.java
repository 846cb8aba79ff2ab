package com.medspasync.functions;

import static com.medspasync.functions.SettingNames.CORS_ORIGINS;
import static com.medspasync.functions.SettingNames.DATABASE_PASSWORD;
import static com.medspasync.functions.SettingNames.DATABASE_POOL_SIZE;
import static com.medspasync.functions.SettingNames.DATABASE_URL;
import static com.medspasync.functions.SettingNames.DATABASE_USER;
import static com.medspasync.functions.SettingNames.IDENTITY;
import static com.medspasync.functions.SettingNames.KEY_BACKUP_DAYS;
import static com.medspasync.functions.SettingNames.KEY_VAULT_URL;
import static com.medspasync.functions.SettingNames.LOCAL_KEY_FILE;
import static com.medspasync.functions.SettingNames.MAINTENANCE_DATABASE_PASSWORD;
import static com.medspasync.functions.SettingNames.MAINTENANCE_DATABASE_USER;
import static com.medspasync.functions.SettingNames.MESSAGE_WEBHOOK_SECRET;
import static com.medspasync.functions.SettingNames.MESSAGE_WEBHOOK_URL;
import static com.medspasync.functions.SettingNames.REDIS_URL;
import static com.medspasync.functions.SettingNames.SHREDDING_WAIT_DAYS;
import static com.medspasync.functions.SettingNames.STORAGE;
import static com.medspasync.functions.SettingNames.STORAGE_BLOB;
import static com.medspasync.functions.SettingNames.STORAGE_QUEUE;
import static com.medspasync.functions.SettingNames.STORAGE_TABLE;
import static com.medspasync.functions.SettingNames.TRUSTED_PROXY_HOPS;

import com.medspasync.functions.AppSettings.Database;
import com.medspasync.functions.AppSettings.Keys;
import com.medspasync.functions.AppSettings.Login;
import com.medspasync.functions.AppSettings.Storage;
import com.medspasync.hosting.Hosting;
import com.medspasync.input.Parsed;
import com.medspasync.message.WebhookSecret;
import com.medspasync.message.WebhookUrl;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link AppSettings} and collects every fault on the way. What is faulty gets a stand-in, which never leaves this class. */
final class SettingsReader {

    private static final Pattern JDBC_URL = Pattern.compile("jdbc:postgresql://[^/]+/[^/?]+(\\?.*)?");
    private static final Pattern CREDENTIALS = Pattern.compile("[?&](user|password|sslpassword)=|//[^/]*@");
    private static final Pattern ORIGIN = Pattern.compile("(https?)://(\\[[0-9a-fA-F:]+]|[A-Za-z0-9.-]+)(:\\d{1,5})?");
    private static final Pattern CLIENT_ID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    private static final Pattern ON_THIS_MACHINE =
            Pattern.compile("http://127\\.0\\.0\\.1(:\\d{1,5})?(/[A-Za-z0-9/_-]*)?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final URI NOWHERE = URI.create("urn:faulty");

    private final Map<String, String> environment;
    private final boolean azure;
    private final List<String> faults = new ArrayList<>();

    SettingsReader(Map<String, String> environment) {
        this.environment = environment;
        this.azure = Hosting.isAzure(environment);
    }

    AppSettings read() {
        AppSettings settings = new AppSettings(
                database(),
                maintenance(),
                uri(REDIS_URL, Set.of("redis", "rediss")),
                storage(),
                keys(),
                identity(),
                new AppSettings.Shredding(
                        Duration.ofDays(number(SHREDDING_WAIT_DAYS, azure ? 1 : 0, 90, 7)),
                        Duration.ofDays(number(KEY_BACKUP_DAYS, azure ? 7 : 0, 3650, 35))),
                messages(),
                corsOrigins(),
                number(TRUSTED_PROXY_HOPS, 1, 5, 1));
        if (!faults.isEmpty()) {
            throw new InvalidSettings(faults);
        }
        return settings;
    }

    private Database database() {
        String url = required(DATABASE_URL);
        if (!url.isEmpty() && !JDBC_URL.matcher(url).matches()) {
            faults.add(DATABASE_URL + " is not of the form jdbc:postgresql://host/name");
        } else if (CREDENTIALS.matcher(url).find()) {
            faults.add(DATABASE_URL + " holds credentials, which belong in " + DATABASE_USER + " and "
                    + DATABASE_PASSWORD);
        } else if (azure && !url.contains("sslmode=verify-full")) {
            faults.add(DATABASE_URL + " must say sslmode=verify-full on Azure");
        }
        Login login = new Login(required(DATABASE_USER), optional(DATABASE_PASSWORD));
        return new Database(url, login, number(DATABASE_POOL_SIZE, 1, 200, 10));
    }

    private @Nullable Login maintenance() {
        String user = optional(MAINTENANCE_DATABASE_USER);
        String password = optional(MAINTENANCE_DATABASE_PASSWORD);
        if (user == null && password != null) {
            faults.add(MAINTENANCE_DATABASE_PASSWORD + " is set without " + MAINTENANCE_DATABASE_USER);
        }
        return user == null ? null : new Login(user, password);
    }

    private Storage storage() {
        String connection = optional(STORAGE);
        boolean anyEndpoint =
                optional(STORAGE_BLOB) != null || optional(STORAGE_QUEUE) != null || optional(STORAGE_TABLE) != null;
        if (connection != null) {
            if (anyEndpoint) {
                faults.add(STORAGE + " and " + STORAGE_BLOB + " and its like are both set");
            }
            return new Storage.ConnectionString(connection);
        }
        if (!anyEndpoint) {
            faults.add(STORAGE + " is missing");
            return new Storage.ConnectionString("");
        }
        Set<String> https = Set.of("https");
        return new Storage.Endpoints(uri(STORAGE_BLOB, https), uri(STORAGE_QUEUE, https), uri(STORAGE_TABLE, https));
    }

    private Keys keys() {
        String file = optional(LOCAL_KEY_FILE);
        String vault = optional(KEY_VAULT_URL);
        if (file != null && azure) {
            faults.add(LOCAL_KEY_FILE + " is refused on Azure: the root key comes from " + KEY_VAULT_URL);
        } else if (file != null && vault != null) {
            faults.add(KEY_VAULT_URL + " and " + LOCAL_KEY_FILE + " are both set");
        } else if (file == null && vault == null) {
            faults.add(KEY_VAULT_URL + " is missing");
        }
        return file != null ? new Keys.KeyFile(Path.of(file)) : new Keys.KeyVault(keyVault(vault));
    }

    private URI keyVault(@Nullable String vault) {
        return vault == null ? NOWHERE : uri(KEY_VAULT_URL, Set.of("https"));
    }

    /** Without it Azure would choose the system-assigned identity, which has no rights here, and only the first use would tell. */
    private @Nullable String identity() {
        String clientId = azure ? required(IDENTITY) : optional(IDENTITY);
        if (clientId != null
                && !clientId.isEmpty()
                && !CLIENT_ID.matcher(clientId).matches()) {
            faults.add(IDENTITY + " is not the client id of a managed identity, such as"
                    + " 01234567-89ab-cdef-0123-456789abcdef");
        }
        return clientId;
    }

    private AppSettings.@Nullable MessageWebhook messages() {
        String url = optional(MESSAGE_WEBHOOK_URL);
        String secret = optional(MESSAGE_WEBHOOK_SECRET);
        if (url == null && secret == null) {
            return null;
        }
        if (url == null || secret == null) {
            faults.add((url == null ? MESSAGE_WEBHOOK_URL : MESSAGE_WEBHOOK_SECRET) + " is missing beside "
                    + (url == null ? MESSAGE_WEBHOOK_SECRET : MESSAGE_WEBHOOK_URL));
            return null;
        }
        Optional<WebhookSecret> parsed = WebhookSecret.parse(secret);
        if (parsed.isEmpty()) {
            faults.add(MESSAGE_WEBHOOK_SECRET + " is not whsec_ and the base64 of 24 to 64 bytes");
        }
        boolean onThisMachine = !azure && ON_THIS_MACHINE.matcher(url).matches();
        if (!onThisMachine && !(WebhookUrl.parse(url) instanceof Parsed.Valid)) {
            faults.add(MESSAGE_WEBHOOK_URL + " is not an https URL with a host name, without user and fragment"
                    + (azure ? "" : ", nor http://127.0.0.1"));
            return null;
        }
        return parsed.map(good -> new AppSettings.MessageWebhook(URI.create(url), good))
                .orElse(null);
    }

    private List<String> corsOrigins() {
        String origins = optional(CORS_ORIGINS);
        if (origins == null) {
            return List.of();
        }
        List<String> list =
                Arrays.stream(origins.split(",", -1)).map(String::strip).toList();
        if (!list.stream().allMatch(SettingsReader::isOrigin)) {
            faults.add(
                    CORS_ORIGINS
                            + " lists something else than origins such as https://app.example.com (http only for localhost, never *)");
        }
        return list;
    }

    private static boolean isOrigin(String text) {
        var matcher = ORIGIN.matcher(text);
        return matcher.matches() && (matcher.group(1).equals("https") || LOOPBACK.contains(matcher.group(2)));
    }

    private int number(String name, int least, int most, int otherwise) {
        String text = optional(name);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        faults.add(name + " is not a whole number from " + least + " to " + most);
        return otherwise;
    }

    private URI uri(String name, Set<String> schemes) {
        String text = required(name);
        if (text.isEmpty()) {
            return NOWHERE;
        }
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && schemes.contains(uri.getScheme())) {
                return uri;
            }
        } catch (IllegalArgumentException malformed) {
            // Falls through to the one message for every malformed URL; the exception's own would repeat the value.
        }
        faults.add(name + " is not a URL that begins with "
                + String.join(":// or ", schemes.stream().sorted().toList()) + "://");
        return NOWHERE;
    }

    private String required(String name) {
        String value = optional(name);
        if (value == null) {
            faults.add(name + " is missing");
            return "";
        }
        return value;
    }

    /** A blank setting is an absent one: that is how deployment templates leave a setting out. */
    private @Nullable String optional(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }
}
