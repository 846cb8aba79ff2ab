package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.medspasync.crypto.KeyVaultRootKeys;
import com.medspasync.functions.ApiClient.Answer;
import com.medspasync.functions.local.host.FunctionCatalogue;
import com.medspasync.functions.local.host.LocalHost;
import com.medspasync.keyvault.FakeKeyVault;
import com.medspasync.keyvault.LoopbackTls;
import com.medspasync.keyvault.SecretVersion;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;

/** What a web client sees of a Key Vault that goes away and comes back while the app runs on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyVaultIT {

    private static final String TOKEN = "a-token";

    private final LoopbackTls tls = LoopbackTls.create();
    private final AheadOfTime rootClock = new AheadOfTime();
    private final AheadOfTime appClock = new AheadOfTime();
    private SSLContext usual;
    private FakeKeyVault vault;
    private TestPlatform platform;
    private App app;
    private LocalHost host;

    @BeforeAll
    void start() throws IOException, NoSuchAlgorithmException {
        usual = SSLContext.getDefault();
        SSLContext.setDefault(tls.context());
        vault = FakeKeyVault.start(tls, TOKEN::equals);
        platform = TestPlatform.start(5);
        Map<String, String> settings = new HashMap<>(platform.environment());
        publishFrom(Path.of(settings.remove(SettingNames.LOCAL_KEY_FILE)));
        settings.put(SettingNames.KEY_VAULT_URL, vault.url());
        AppSettings read = AppSettings.read(settings);
        SecureRandom random = new SecureRandom();
        app = App.on(new Stores(read, KeyVaultIT::credential, random, rootClock), read, Map.of(), random, appClock);
        host = LocalHost.serving(FunctionCatalogue.besides(AppSettings.class))
                .injector(new FunctionInstanceInjector() {
                    @Override
                    public <T> T getInstance(Class<T> type) {
                        return type.cast(app.function(type));
                    }
                })
                .settings(settings)
                .start();
    }

    @AfterAll
    void stop() {
        host.close();
        app.close();
        platform.close();
        vault.close();
        SSLContext.setDefault(usual);
    }

    @Test
    void clientsRead_withKeyVaultGone_answersUntilTheKeysExpireThen503AndThenAgain() {
        assertThat(vault.asked()).as("what the app asked before its first use").isEmpty();
        ApiClient glow = ApiClient.login(host, "admin@glow.example");
        String path = glow.create("Vault", "vault@example.com").header("Location");
        assertThat(glow.get(path).status()).isEqualTo(200);

        vault.stop();
        rootClock.ahead = Duration.ofMinutes(59);
        appClock.ahead = Duration.ofMinutes(11);
        assertThat(glow.get(path).status())
                .as("practices' keys have expired, root keys have not")
                .isEqualTo(200);
        ApiClient later = ApiClient.login(host, "admin@glow.example");

        rootClock.ahead = Duration.ofMinutes(61);
        appClock.ahead = Duration.ofMinutes(22);
        Answer refused = later.get(path);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
        assertThat(refused.text("code")).isEqualTo("unavailable");
        assertThat(refused.text("detail")).contains("key store does not answer");
        assertThat(keysCheck()).isEqualTo("down");

        vault.restart();
        rootClock.ahead = Duration.ofMinutes(62);
        assertThat(later.get(path).text("lastName")).isEqualTo("Vault");
    }

    private String keysCheck() {
        for (var check :
                ApiClient.stranger(host).get("/api/health/ready").body().path("checks")) {
            if (check.path("name").asText().equals("keys")) {
                return check.path("status").asText();
            }
        }
        return "missing";
    }

    /** The key that the platform's data is encrypted under. */
    private void publishFrom(Path keyFile) throws IOException {
        String value = Files.readString(keyFile).strip().split(" ", -1)[1];
        var unused = vault.add(
                KeyVaultRootKeys.SECRET_NAME,
                new SecretVersion("1".repeat(32), value, true, 1, Map.of(KeyVaultRootKeys.VERSION_TAG, "1")));
    }

    private static TokenCredential credential() {
        return request -> Mono.just(
                new AccessToken(TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    /** The time of day, and a while more when the test says so. */
    private static final class AheadOfTime extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
