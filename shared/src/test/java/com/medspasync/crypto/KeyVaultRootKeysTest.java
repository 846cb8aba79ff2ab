package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyVaultRootKeysTest {

    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final SteppingClock clock = new SteppingClock();
    private final AtomicInteger built = new AtomicInteger();
    private final FakeKeyVault vault = new FakeKeyVault();
    private final KeyVaultRootKeys keys = open();

    KeyVaultRootKeysTest() throws IOException {}

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
        assertThat(vault.challenges).hasValue(1);
    }

    @Test
    void new_beforeTheFirstUse_buildsNoClient() {
        assertThat(built).hasValue(0);
        vault.add(1, Secret.random(Examples.RANDOM));
        keys.current();
        keys.current();
        assertThat(built).hasValue(1);
    }

    @Test
    void current_again_asksNothingAndARenewalReadsNoValueTwice() {
        vault.add(1, Secret.random(Examples.RANDOM));
        keys.current();
        int before = vault.requests.get();
        keys.current();
        assertThat(vault.requests).hasValue(before);
        clock.advance(Duration.ofMinutes(30));
        keys.current();
        assertThat(vault.requests).hasValue(before + 1);
    }

    @Test
    void version_disabled_isUnknown() {
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.add(2, Secret.random(Examples.RANDOM)).enabled = false;
        assertThat(keys.current().version()).isEqualTo(1);
        assertThatThrownBy(() -> keys.version(2)).isInstanceOf(UnknownKeyVersion.class);
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
        vault.add("c2hvcnQ=", Map.of(KeyVaultRootKeys.VERSION_TAG, "2"));
        vault.add("not base64", Map.of(KeyVaultRootKeys.VERSION_TAG, "3"));
        vault.add("whatever", Map.of(KeyVaultRootKeys.VERSION_TAG, "-4"));
        vault.add("whatever", Map.of());
        assertThat(keys.current().version()).isEqualTo(1);
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
    void current_inAnOutage_servesToTheEndOfItsTimeAndThenFails() {
        vault.add(1, Secret.random(Examples.RANDOM));
        RootKey key = keys.current();
        vault.refusal.set(new FakeKeyVault.Refusal(503, Map.of()));
        clock.advance(Duration.ofMinutes(59));
        assertThat(keys.current()).isEqualTo(key);
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
        vault.refusal.set(null);
        clock.advance(Duration.ofSeconds(5));
        assertThat(keys.current()).isEqualTo(key);
    }

    @Test
    void current_throttled_passesOnHowLongToWaitAndWaits() {
        vault.refusal.set(new FakeKeyVault.Refusal(429, Map.of("Retry-After", "17")));
        assertThatThrownBy(() -> keys.current())
                .isInstanceOfSatisfying(
                        KeysUnavailable.class, e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(17)));
        assertThat(vault.requests).hasValue(1);
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
        assertThat(vault.requests).hasValue(1);
    }

    @Test
    void current_challengedForAnotherResource_sendsNoToken() {
        vault.add(1, Secret.random(Examples.RANDOM));
        vault.challengedResource = "https://vault.example.net";
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
        assertThat(vault.challenges).hasPositiveValue();
        assertThat(vault.tokens).hasValue(0);
    }

    @Test
    void current_ofAVaultThatIsGone_isUnavailable() {
        vault.close();
        assertThatThrownBy(() -> keys.current()).isInstanceOf(KeysUnavailable.class);
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
        assertThat(vault.versions).hasSize(1);
        assertThat(open().current()).isEqualTo(created);
    }

    @Test
    void createIfAbsent_inAnOutage_isUnavailable() {
        vault.refusal.set(new FakeKeyVault.Refusal(503, Map.of()));
        assertThatThrownBy(() -> keys.createIfAbsent()).isInstanceOf(KeysUnavailable.class);
    }
}
