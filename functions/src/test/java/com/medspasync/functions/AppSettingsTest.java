package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.hosting.Hosting;
import com.medspasync.message.WebhookSecret;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppSettingsTest {

    private static final String SECRET = "s3cret-value";

    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String CLIENT_ID = "01234567-89ab-cdef-0123-456789abcdef";

    private static final Map<String, String> LEAST = Map.of(
            "DATABASE_URL", "jdbc:postgresql://127.0.0.1:5432/medspasync",
            "DATABASE_USER", "medspasync_app",
            "REDIS_URL", "redis://127.0.0.1:6379",
            "AzureWebJobsStorage", "UseDevelopmentStorage=true",
            "LOCAL_KEY_FILE", "/keys/root.key");

    @Test
    void leastSettings_giveTheDefaults() {
        assertThat(AppSettings.read(LEAST))
                .isEqualTo(new AppSettings(
                        new AppSettings.Database(
                                "jdbc:postgresql://127.0.0.1:5432/medspasync",
                                new AppSettings.Login("medspasync_app", null),
                                10),
                        null,
                        URI.create("redis://127.0.0.1:6379"),
                        new AppSettings.Storage.ConnectionString("UseDevelopmentStorage=true"),
                        new AppSettings.Keys.KeyFile(Path.of("/keys/root.key")),
                        null,
                        new AppSettings.Shredding(Duration.ofDays(7), Duration.ofDays(35)),
                        null,
                        List.of(),
                        1));
    }

    @Test
    void everySetting_isMapped() {
        Map<String, String> all = Map.ofEntries(
                Map.entry("WEBSITE_SITE_NAME", "web"),
                Map.entry("DATABASE_URL", "jdbc:postgresql://db.example:5432/spa?sslmode=verify-full"),
                Map.entry("DATABASE_USER", "app"),
                Map.entry("DATABASE_PASSWORD", SECRET),
                Map.entry("DATABASE_POOL_SIZE", "25"),
                Map.entry("MAINTENANCE_DATABASE_USER", "maintenance"),
                Map.entry("MAINTENANCE_DATABASE_PASSWORD", SECRET + "2"),
                Map.entry("REDIS_URL", "rediss://cache.example:6380"),
                Map.entry("AzureWebJobsStorage__blobServiceUri", "https://x.blob.core.windows.net"),
                Map.entry("AzureWebJobsStorage__queueServiceUri", "https://x.queue.core.windows.net"),
                Map.entry("AzureWebJobsStorage__tableServiceUri", "https://x.table.core.windows.net"),
                Map.entry("KEY_VAULT_URL", "https://x.vault.azure.net"),
                Map.entry("AZURE_CLIENT_ID", CLIENT_ID),
                Map.entry("SHREDDING_WAIT_DAYS", "3"),
                Map.entry("KEY_BACKUP_DAYS", "90"),
                Map.entry("MESSAGE_WEBHOOK_URL", "https://hooks.example.com/in"),
                Map.entry("MESSAGE_WEBHOOK_SECRET", WEBHOOK_SECRET),
                Map.entry("CORS_ORIGINS", "https://app.example.com, http://localhost:3000"),
                Map.entry("TRUSTED_PROXY_HOPS", "2"));

        assertThat(AppSettings.read(all))
                .isEqualTo(new AppSettings(
                        new AppSettings.Database(
                                "jdbc:postgresql://db.example:5432/spa?sslmode=verify-full",
                                new AppSettings.Login("app", SECRET),
                                25),
                        new AppSettings.Login("maintenance", SECRET + "2"),
                        URI.create("rediss://cache.example:6380"),
                        new AppSettings.Storage.Endpoints(
                                URI.create("https://x.blob.core.windows.net"),
                                URI.create("https://x.queue.core.windows.net"),
                                URI.create("https://x.table.core.windows.net")),
                        new AppSettings.Keys.KeyVault(URI.create("https://x.vault.azure.net")),
                        CLIENT_ID,
                        new AppSettings.Shredding(Duration.ofDays(3), Duration.ofDays(90)),
                        new AppSettings.MessageWebhook(
                                URI.create("https://hooks.example.com/in"),
                                WebhookSecret.parse(WEBHOOK_SECRET).orElseThrow()),
                        List.of("https://app.example.com", "http://localhost:3000"),
                        2));
    }

    @Test
    void shreddingAtOnce_isRefusedOnAzureOnly() {
        Map<String, String> atOnce = new HashMap<>(LEAST);
        atOnce.put("SHREDDING_WAIT_DAYS", "0");
        atOnce.put("KEY_BACKUP_DAYS", "0");
        assertThat(AppSettings.read(atOnce).shredding())
                .isEqualTo(new AppSettings.Shredding(Duration.ZERO, Duration.ZERO));
        atOnce.put("WEBSITE_SITE_NAME", "web");
        assertThatThrownBy(() -> AppSettings.read(atOnce))
                .hasMessageContainingAll(
                        "SHREDDING_WAIT_DAYS is not a whole number from 1 to 90",
                        "KEY_BACKUP_DAYS is not a whole number from 7 to 3650");
    }

    @Test
    void faults_areNamedAllAtOnce() {
        assertThatThrownBy(() -> AppSettings.read(Map.of("DATABASE_POOL_SIZE", "0")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContainingAll(
                        "DATABASE_URL is missing",
                        "DATABASE_USER is missing",
                        "DATABASE_POOL_SIZE is not a whole number from 1 to 200",
                        "REDIS_URL is missing",
                        "AzureWebJobsStorage is missing",
                        "KEY_VAULT_URL is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DATABASE_URL                  | jdbc:mysql://s3cret-value/x
            DATABASE_URL                  | jdbc:postgresql://host/x?user=s3cret-value
            DATABASE_URL                  | jdbc:postgresql://me:s3cret-value@host/x
            DATABASE_POOL_SIZE            | s3cret-value
            DATABASE_POOL_SIZE            | 201
            REDIS_URL                     | http://s3cret-value
            REDIS_URL                     | not a url s3cret-value
            REDIS_URL                     | redis:///s3cret-value
            AzureWebJobsStorage__blobServiceUri | https://s3cret-value
            KEY_VAULT_URL                 | https://s3cret-value
            MAINTENANCE_DATABASE_PASSWORD | s3cret-value
            AZURE_CLIENT_ID               | s3cret-value
            MESSAGE_WEBHOOK_URL           | https://s3cret-value.example
            MESSAGE_WEBHOOK_SECRET        | s3cret-value
            CORS_ORIGINS                  | *
            CORS_ORIGINS                  | https://s3cret-value/path
            CORS_ORIGINS                  | http://s3cret-value
            CORS_ORIGINS                  | https://a.example,
            TRUSTED_PROXY_HOPS            | 0
            TRUSTED_PROXY_HOPS            | 6
            """)
    void fault_namesItsSetting_andRepeatsNoValue(String name, String value) {
        assertThatThrownBy(() -> AppSettings.read(with(name, value)))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://hooks.example.com:8443/in | true  | true
            http://127.0.0.1:8080/in          | true  | false
            http://127.0.0.1                  | true  | false
            http://localhost:8080/in          | false | false
            http://127.0.0.1.example.com/in   | false | false
            http://127.0.0.1@example.com/in   | false | false
            http://hooks.example.com/in       | false | false
            https://127.0.0.1/in              | false | false
            https://me:s3cret-value@x.example | false | false
            s3cret-value                      | false | false
            """)
    void messages_areSentOverTls_orOffAzureToThisMachine(String url, boolean here, boolean onAzure) {
        Map<String, String> environment = new HashMap<>(with("MESSAGE_WEBHOOK_URL", url));
        environment.put("MESSAGE_WEBHOOK_SECRET", WEBHOOK_SECRET);
        assertThat(faults(environment).contains("MESSAGE_WEBHOOK_URL is not")).isEqualTo(!here);
        environment.put("WEBSITE_SITE_NAME", "web");
        assertThat(faults(environment).contains("MESSAGE_WEBHOOK_URL is not")).isEqualTo(!onAzure);
        assertThat(faults(environment)).doesNotContain(SECRET, WEBHOOK_SECRET);
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_***"})
    void secretOfMessages_thatIsNone_isRefused(String secret) {
        Map<String, String> environment = new HashMap<>(with("MESSAGE_WEBHOOK_URL", "https://hooks.example.com/in"));
        environment.put("MESSAGE_WEBHOOK_SECRET", secret);
        assertThat(faults(environment)).contains("MESSAGE_WEBHOOK_SECRET is not whsec_");
    }

    private static String faults(Map<String, String> environment) {
        try {
            return AppSettings.read(environment).toString();
        } catch (InvalidSettings invalid) {
            return String.valueOf(invalid.getMessage());
        }
    }

    @Test
    void endpoints_areGivenAllOrNone() {
        Map<String, String> environment =
                new HashMap<>(with("AzureWebJobsStorage__queueServiceUri", "https://q.example"));
        environment.remove("AzureWebJobsStorage");

        assertThatThrownBy(() -> AppSettings.read(environment))
                .hasMessageContainingAll(
                        "AzureWebJobsStorage__blobServiceUri is missing",
                        "AzureWebJobsStorage__tableServiceUri is missing");
    }

    @Test
    void blankSetting_isAnAbsentOne() {
        assertThat(AppSettings.read(with("MAINTENANCE_DATABASE_USER", " ")).maintenance())
                .isNull();
    }

    @Test
    void keyFile_onAzure_isRefused() {
        assertThatThrownBy(() -> AppSettings.read(with("WEBSITE_INSTANCE_ID", "1")))
                .hasMessageContaining("LOCAL_KEY_FILE is refused on Azure");
    }

    @Test
    void identity_onAzure_mustBeNamed() {
        assertThatThrownBy(() -> AppSettings.read(with("WEBSITE_SITE_NAME", "web")))
                .isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("AZURE_CLIENT_ID is missing");
    }

    @Test
    void database_onAzure_mustBeVerified() {
        assertThatThrownBy(() -> AppSettings.read(with("WEBSITE_SITE_NAME", "web")))
                .hasMessageContaining("DATABASE_URL must say sslmode=verify-full on Azure");
    }

    @Test
    void secrets_areNotPrinted() {
        Map<String, String> environment = new HashMap<>(with("DATABASE_PASSWORD", SECRET));
        environment.put("AzureWebJobsStorage", "AccountKey=" + SECRET);
        environment.put("MAINTENANCE_DATABASE_USER", "m");
        environment.put("MAINTENANCE_DATABASE_PASSWORD", SECRET);
        environment.put("MESSAGE_WEBHOOK_URL", "https://hooks.example.com/" + SECRET);
        environment.put("MESSAGE_WEBHOOK_SECRET", WEBHOOK_SECRET);

        assertThat(AppSettings.read(environment).toString()).doesNotContain(SECRET, WEBHOOK_SECRET.substring(6));
    }

    @Test
    void systemProperty_winsOverTheEnvironment_butOnlyUnderASettingsName() {
        Properties properties = new Properties();
        properties.setProperty("DATABASE_USER", "other");
        properties.setProperty("WEBSITE_SITE_NAME", "web");

        Map<String, String> merged = AppSettings.overlay(LEAST, properties);

        assertThat(merged).containsEntry("DATABASE_USER", "other").doesNotContainKey("WEBSITE_SITE_NAME");
    }

    @Test
    void names_areAllListed() throws IllegalAccessException {
        List<Object> names = new ArrayList<>();
        for (Field field : SettingNames.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                names.add(field.get(null));
            }
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(SettingNames.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEBSITE_SITE_NAME",
                "WEBSITE_INSTANCE_ID",
                "WEBSITE_POD_NAME",
                "LEGION_SERVICE_HOST",
                "CONTAINER_APP_NAME",
                "CONTAINER_APP_JOB_NAME"
            })
    void azure_isKnownByWhatOnlyAzureSets(String name) {
        assertThat(Hosting.isAzure(Map.of(name, "x"))).isTrue();
        assertThat(Hosting.isAzure(Map.of(name, ""))).isFalse();
    }

    @Test
    void developersMachine_isNotTakenForAzure() {
        assertThat(Hosting.isAzure(Map.of(
                        "CONTAINER_NAME",
                        "build-7",
                        "FUNCTIONS_WORKER_RUNTIME",
                        "java",
                        "WEBSITE_HOSTNAME",
                        "localhost:7071",
                        "AZURE_FUNCTIONS_ENVIRONMENT",
                        "Development")))
                .isFalse();
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> environment = new HashMap<>(LEAST);
        environment.put(name, value);
        return environment;
    }
}
