package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.crypto.KeyVaultRootKeys;
import com.medspasync.crypto.RootKeys;
import com.medspasync.keyvault.FakeKeyVault;
import com.medspasync.keyvault.FakeManagedIdentity;
import com.medspasync.keyvault.LoopbackTls;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way from the settings to a key, as on Azure, with nothing replaced: Azure's client and credential, verified challenges, TLS. In processes
 * of their own, because the identity is found by environment variables, and because it is about what is loaded when.
 */
class ManagedIdentityTest {

    private static final String CLIENT_ID = "01234567-89ab-cdef-0123-456789abcdef";

    @TempDir
    private Path directory = Path.of("");

    private final LoopbackTls tls = LoopbackTls.create();
    private FakeManagedIdentity identity;
    private FakeKeyVault vault;

    @BeforeEach
    void start() {
        identity = FakeManagedIdentity.start(0, "a-header", CLIENT_ID);
        vault = FakeKeyVault.start(tls, identity::gave);
        tls.writeTrustStore(directory.resolve("trusted.p12"));
    }

    @AfterEach
    void stop() {
        vault.close();
        identity.close();
    }

    @Test
    void rootKeys_onAzure_comeByTheManagedIdentityWhateverElseIsInTheEnvironment() throws Exception {
        String printed = run(
                List.of(),
                Map.of(
                        "WEBSITE_SITE_NAME", "web",
                        "AZURE_TOKEN_CREDENTIALS", "EnvironmentCredential",
                        "AZURE_TENANT_ID", CLIENT_ID,
                        "AZURE_CLIENT_SECRET", "somebody-elses"),
                KeyReader.class);
        assertThat(printed).contains("made true, newest 1");
        assertThat(vault.versions(KeyVaultRootKeys.SECRET_NAME)).hasSize(1);
        assertThat(identity.given()).isEqualTo(1);
    }

    @Test
    void app_beforeItsFirstUse_hasLoadedNothingOfAzuresAndAskedNobody() throws Exception {
        String printed = run(
                List.of("-Xlog:class+load:stdout"), Map.of(SettingNames.DATABASE_PASSWORD, "any"), AppBuilder.class);
        assertThat(printed)
                .contains("app is built")
                .contains("com.medspasync.crypto.KeyVaultRootKeys ")
                .doesNotContain(
                        "com.azure.identity.",
                        "SecretClientBuilder",
                        // Of its transport the one interface that a supplier names, and nothing that does something.
                        "com.azure.core.http.jdk.",
                        "com.azure.core.http.policy.",
                        "com.azure.storage.common.",
                        "com.microsoft.aad.",
                        "reactor.core.");
        assertThat(vault.asked()).isEmpty();
        assertThat(identity.given()).isZero();
    }

    @Test
    void app_whoseIdentityGetsNoTokenForTheDatabase_isBuiltAllTheSame() throws Exception {
        assertThat(run(List.of(), Map.of(), AppBuilder.class)).contains("app is built");
    }

    private String run(List<String> options, Map<String, String> environment, Class<?> main)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djavax.net.ssl.trustStore=" + directory.resolve("trusted.p12"),
                "-Djavax.net.ssl.trustStorePassword=" + LoopbackTls.PASSWORD));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), vault.url(), CLIENT_ID));
        Path output = directory.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("IDENTITY_ENDPOINT", identity.endpoint());
        builder.environment().put("IDENTITY_HEADER", "a-header");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** Makes the first key and reads it. */
    static final class KeyReader {
        private KeyReader() {}

        public static void main(String[] arguments) {
            RootKeys keys = Stores.rootKeys(
                    new AppSettings.Keys.KeyVault(URI.create(arguments[0])),
                    new AppIdentity(arguments[1], System.getenv()),
                    new SecureRandom(),
                    Clock.systemUTC());
            System.out.println("made " + keys.createIfAbsent() + ", newest "
                    + keys.current().version());
        }
    }

    /** Builds the app and uses nothing of it. */
    static final class AppBuilder {
        private AppBuilder() {}

        public static void main(String[] arguments) {
            AppSettings settings = AppSettings.read(Map.of(
                    SettingNames.DATABASE_URL, "jdbc:postgresql://127.0.0.1:1/medspasync",
                    SettingNames.DATABASE_USER, "medspasync_app",
                    SettingNames.DATABASE_PASSWORD, System.getenv().getOrDefault(SettingNames.DATABASE_PASSWORD, ""),
                    SettingNames.REDIS_URL, "redis://127.0.0.1:1",
                    SettingNames.STORAGE_BLOB, "https://blob.example",
                    SettingNames.STORAGE_QUEUE, "https://queue.example",
                    SettingNames.STORAGE_TABLE, "https://table.example",
                    SettingNames.KEY_VAULT_URL, arguments[0],
                    SettingNames.IDENTITY, arguments[1]));
            try (App app = App.of(settings)) {
                System.out.println("app is built: " + app.hashCode());
            }
        }
    }
}
