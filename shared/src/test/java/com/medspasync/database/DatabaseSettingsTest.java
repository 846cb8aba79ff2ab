package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseSettingsTest {

    private static final DatabaseSettings DEFAULTS =
            DatabaseSettings.of("jdbc:postgresql://127.0.0.1:5432/spa", "medspasync_app", () -> "secret");

    @Test
    void of_urlUserAndPassword_hasTheDefaults() {
        assertThat(DEFAULTS.poolSize()).isEqualTo(8);
        assertThat(DEFAULTS.poolWait()).isEqualTo(Duration.ofSeconds(2));
        assertThat(DEFAULTS.statementTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(DEFAULTS.lockTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(DEFAULTS.idleInTransactionTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(DEFAULTS.maxLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(DEFAULTS.serverPrepared()).isTrue();
        assertThat(DEFAULTS.applicationName()).isEqualTo("medspasync");
    }

    @Test
    void with_eachSetting_changesThatAlone() {
        DatabaseSettings changed = DEFAULTS.withUrl("jdbc:postgresql://127.0.0.1/other")
                .withPoolSize(3)
                .withPoolWait(Duration.ofSeconds(1))
                .withTimeouts(Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(6))
                .withMaxLifetime(Duration.ofMinutes(7))
                .withServerPrepared(false)
                .withApplicationName("worker");

        assertThat(changed)
                .isEqualTo(new DatabaseSettings(
                        "jdbc:postgresql://127.0.0.1/other",
                        "medspasync_app",
                        DEFAULTS.password(),
                        3,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofMinutes(7),
                        false,
                        "worker"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://127.0.0.1/spa",
                "postgresql://127.0.0.1/spa",
                "jdbc:postgresql://127.0.0.1/spa?password=x",
                "jdbc:postgresql://127.0.0.1/spa?user=x",
                "jdbc:postgresql://me:x@127.0.0.1/spa",
            })
    void url_ofAnotherKindOrWithCredentials_isRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withUrl(url))
                .withMessageNotContaining(url);
    }

    @Test
    void values_outOfRange_areRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withPoolSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withPoolSize(1001));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withPoolWait(Duration.ofMillis(249)));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withTimeouts(Duration.ZERO, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withTimeouts(second, Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withTimeouts(second, second, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withMaxLifetime(Duration.ofSeconds(29)));
        assertThatIllegalArgumentException().isThrownBy(() -> DEFAULTS.withApplicationName("a b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseSettings.of(DEFAULTS.url(), " ", DEFAULTS.password()));
    }

    @Test
    void toString_neverHasThePassword() {
        assertThat(DEFAULTS)
                .hasToString(
                        "DatabaseSettings[url=jdbc:postgresql://127.0.0.1:5432/spa, user=medspasync_app, poolSize=8]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db.example:5432/spa",
                "jdbc:postgresql://db.example/spa?ApplicationName=x",
                "jdbc:postgresql://127.0.0.1,db.example:5433/spa",
                "jdbc:postgresql://127.0.0.1.example/spa",
            })
    void properties_hostElsewhereAndNothingSaidOfTls_verifyTheServer(String url) {
        assertThat(Driver.properties(DEFAULTS.withUrl(url)))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:5432/spa",
                "jdbc:postgresql://localhost/spa",
                "jdbc:postgresql://[::1]:5432/spa",
                "jdbc:postgresql://db.example/spa?sslmode=require",
            })
    void properties_thisMachineOrTlsAsTheUrlSays_areLeftAlone(String url) {
        assertThat(Driver.properties(DEFAULTS.withUrl(url))).doesNotContainKeys("sslmode", "sslfactory");
    }

    @Test
    void properties_always_keepValuesOutOfErrorsAndBoundEveryWait() {
        assertThat(Driver.properties(DEFAULTS))
                .containsEntry("logServerErrorDetail", "false")
                .containsEntry("prepareThreshold", "5")
                .containsEntry("connectTimeout", "2")
                .containsEntry("loginTimeout", "2")
                .containsEntry("socketTimeout", "15")
                .containsEntry(
                        "options",
                        "-c statement_timeout=10000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000");
        assertThat(Driver.properties(DEFAULTS.withServerPrepared(false))).containsEntry("prepareThreshold", "0");
    }
}
