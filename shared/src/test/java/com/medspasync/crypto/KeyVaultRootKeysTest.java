package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.keyvault.Asked;
import com.medspasync.keyvault.SecretVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which keys are read, when, and how the first one is made; outages have {@link KeyVaultOutageTest}. */
class KeyVaultRootKeysTest {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final SteppingClock clock = new SteppingClock();
    private final AtomicInteger built = new AtomicInteger();
    private final Vault vault = new Vault();
    private final KeyVaultRootKeys keys = open();

    @AfterEach
    void closeVault() {
        vault.close();
    }

    private KeyVaultRootKeys open() {
        return new KeyVaultRootKeys(
                () -> {
                    built.incrementAndGet();
                    return vault.client();
                },
                TIME_TO_LIVE,
                Examples.RANDOM,
                clock);
    }

    @Test
    void current_ofVersionsInNoOrder_isTheHighestNumberAndNotTheLatest() {
        Secret newest = Secret.random(Examples.RANDOM);
        vault.add(9, Secret.random(Examples.RANDOM));
        vault.add(11, newest);
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.add(10, Secret.random(Examples.RANDOM));
        vault.add(2, Secret.random(Examples.RANDOM));
        assertThat(keys.current()).isEqualTo(new RootKey(11, newest));
        assertThat(keys.version(2).version()).isEqualTo(2);
        assertThat(keys.versions()).containsExactly(1, 2, 9, 10, 11);
        assertThat(vault.lists()).as("pages of two").isEqualTo(3);
    }

    @Test
    void new_beforeTheFirstUse_buildsNoClientAndAsksNothing() {
        vault.add(1, Secret.random(Examples.RANDOM));
        assertThat(built).hasValue(0);
        assertThat(vault.requests()).isZero();
        keys.current();
        keys.current();
        assertThat(built).hasValue(1);
    }

    @Test
    void current_again_asksNothingAndARenewalReadsNoValueTwice() {
        vault.add(1, Secret.random(Examples.RANDOM));
        keys.current();
        int before = vault.requests();
        keys.current();
        assertThat(vault.requests()).isEqualTo(before);
        clock.advance(Duration.ofMinutes(30));
        keys.current();
        assertThat(vault.requests()).isEqualTo(before + 1);
    }

    @Test
    void version_disabled_isUnknownAndItsValueIsNotAskedFor() {
        vault.add(1, Secret.random(Examples.RANDOM));
        SecretVersion disabled = vault.add(2, Secret.random(Examples.RANDOM));
        vault.disable(disabled);
        assertThat(keys.current().version()).isEqualTo(1);
        assertThatThrownBy(() -> keys.version(2)).isInstanceOf(UnknownKeyVersion.class);
        assertThat(vault.server.asked()).extracting(Asked::path).noneMatch(path -> path.endsWith(disabled.id()));
    }

    @Test
    void current_whenAVersionIsDisabledBetweenListAndRead_isUnavailableAndThenLeavesItOut() {
        vault.add(1, Secret.random(Examples.RANDOM));
        SecretVersion second = vault.add(2, Secret.random(Examples.RANDOM));
        vault.server.before(request -> {
            if (request.path().endsWith(second.id())) {
                vault.disable(second);
            }
        });
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
        clock.advance(Duration.ofSeconds(5));
        assertThat(keys.current().version()).isEqualTo(1);
    }

    @Test
    void version_publishedLater_isFound() {
        vault.add(1, Secret.random(Examples.RANDOM));
        keys.current();
        vault.add(2, Secret.random(Examples.RANDOM));
        assertThat(keys.version(2).version()).isEqualTo(2);
    }

    @Test
    void current_besideVersionsMadeByHand_ignoresThem() {
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.add(2, "c2hvcnQ=");
        vault.add(3, "not base64");
        vault.add(4, "A".repeat(25 * 1024));
        vault.add("whatever", Map.of(KeyVaultRootKeys.VERSION_TAG, "-4"));
        vault.add("whatever", Map.of());
        assertThat(keys.current().version()).isEqualTo(1);
        assertThat(keys.versions()).containsExactly(1);
    }

    @Test
    void versions_ofAnyValues_areThoseWithAKeyInBase64() {
        Random random = new Random(2_045);
        Mutation mutation = new Mutation(random);
        byte[] genuine = base64(Secret.random(Examples.RANDOM)).getBytes(StandardCharsets.US_ASCII);
        Set<Integer> usable = new TreeSet<>(Set.of(1));
        vault.add(1, Secret.random(Examples.RANDOM));
        for (int number = 2; number <= 80; number++) {
            String value = new String(mutation.of(List.of(genuine)), StandardCharsets.ISO_8859_1);
            vault.add(number, value);
            if (isKey(value)) {
                usable.add(number);
            }
        }
        assertThat(keys.versions()).isEqualTo(usable).hasSizeBetween(5, 75);
    }

    private static boolean isKey(String value) {
        try {
            return Base64.getDecoder().decode(value).length == 32;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static String base64(Secret secret) {
        return Base64.getEncoder().encodeToString(secret.bytes());
    }

    @Test
    void current_withTwoKeysOfOneNumber_failsClosed() {
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.add(1, Secret.random(Examples.RANDOM));
        assertThatThrownBy(() -> keys.current())
                .isInstanceOf(KeysUnavailable.class)
                .hasMessageContaining("two different versions");
    }

    @Test
    void current_challengedForAnotherResource_sendsNoToken() {
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.server.challengeFor("https://vault.example.net");
        assertThatThrownBy(() -> keys.current())
                .isInstanceOf(KeysUnavailable.class)
                .cause()
                .hasMessageContaining("does not match the requested domain");
        assertThat(vault.server.asked()).isNotEmpty().noneMatch(Asked::withToken);
    }

    @Test
    void current_withoutASecret_isUnavailable() {
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
    }

    @Test
    void createIfAbsent_twice_createsVersionOneOnce() {
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
        assertThat(keys.createIfAbsent()).isTrue();
        RootKey created = keys.current();
        assertThat(keys.createIfAbsent()).isFalse();
        assertThat(open().createIfAbsent()).isFalse();
        assertThat(created.version()).isEqualTo(1);
        assertThat(vault.versions()).hasSize(1);
        assertThat(open().current()).isEqualTo(created);
    }

    @Test
    void createIfAbsent_whereTheOnlyVersionIsDisabled_createsNone() {
        vault.disable(vault.add(1, Secret.random(Examples.RANDOM)));
        assertThat(keys.createIfAbsent()).isFalse();
        assertThat(vault.versions()).hasSize(1);
    }

    @Test
    void createIfAbsent_ofADeletedSecret_isRefusedUntilItIsRecovered() {
        keys.createIfAbsent();
        RootKey first = keys.current();
        vault.client().beginDeleteSecret(KeyVaultRootKeys.SECRET_NAME).poll();
        KeyVaultRootKeys other = open();
        assertThatThrownBy(other::current).isInstanceOf(KeysUnavailable.class);
        assertThatThrownBy(other::createIfAbsent)
                .isInstanceOf(KeysUnavailable.class)
                .cause()
                .hasMessageContaining("deleted but recoverable");
        assertThat(vault.client().listDeletedSecrets()).hasSize(1);

        vault.client().beginRecoverDeletedSecret(KeyVaultRootKeys.SECRET_NAME).poll();
        clock.advance(Duration.ofSeconds(5));
        assertThat(other.createIfAbsent()).isFalse();
        assertThat(other.current()).isEqualTo(first);
    }

    @Test
    void set_ofMoreThan25Kilobytes_isRefusedAsKeyVaultDoes() {
        assertThatThrownBy(() -> vault.client().setSecret("big", "A".repeat(25 * 1024 + 1)))
                .hasMessageContaining("BadParameter");
        assertThat(vault.client().setSecret("big", "A".repeat(25 * 1024)).getValue())
                .hasSize(25 * 1024);
    }
}
