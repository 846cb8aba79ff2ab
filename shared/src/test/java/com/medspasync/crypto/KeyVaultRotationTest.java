package com.medspasync.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.keyvault.Asked;
import com.medspasync.keyvault.SecretVersion;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publishing and retiring versions, also against a competitor and half-way failures. */
class KeyVaultRotationTest {

    private final SteppingClock clock = new SteppingClock();
    private final Vault vault = new Vault();
    private final KeyVaultRootKeys keys = open();

    private KeyVaultRootKeys open() {
        return new KeyVaultRootKeys(vault::client, Duration.ofHours(1), Examples.RANDOM, clock);
    }

    @BeforeEach
    void createFirst() {
        keys.createIfAbsent();
    }

    @AfterEach
    void closeVault() {
        vault.close();
    }

    @Test
    void publish_makesTheNextVersion_usableAtOnceAndFoundByOthers() {
        RootKey first = keys.current();
        KeyVaultRootKeys other = open();
        other.current();

        RootKey second = keys.publish();

        assertThat(second.version()).isEqualTo(2);
        assertThat(keys.current()).isEqualTo(second);
        assertThat(keys.versions()).containsExactly(1, 2);
        assertThat(keys.version(1)).isEqualTo(first);
        assertThat(other.version(2)).isEqualTo(second);
        assertThat(vault.versions().getLast().tags()).containsEntry(KeyVaultRootKeys.VERSION_TAG, "2");
    }

    @Test
    void publishAfter_repeated_makesOneVersion() {
        RootKey second = keys.publishAfter(1);
        assertThat(keys.publishAfter(1)).isEqualTo(second);
        assertThat(open().publishAfter(1)).isEqualTo(second);
        assertThat(vault.versions()).hasSize(2);
    }

    @Test
    void publish_byTwoInstancesAtOnce_leavesOneKeyUnderOneNumber() throws Exception {
        KeyVaultRootKeys other = open();
        CyclicBarrier bothCreate = new CyclicBarrier(2);
        AtomicInteger creating = new AtomicInteger();
        vault.server.before(request -> {
            if (request.method().equals("PUT") && creating.incrementAndGet() <= 2) {
                meet(bothCreate);
            }
        });
        RootKey one;
        RootKey two;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<RootKey> first = threads.submit(keys::publish);
            Future<RootKey> second = threads.submit(other::publish);
            one = first.get();
            two = second.get();
        }
        assertThat(one).isEqualTo(two);
        assertThat(one.version()).isEqualTo(2);
        assertThat(vault.versions()).hasSize(3);
        assertThat(vault.versions().stream().filter(SecretVersion::enabled)).hasSize(2);
        assertThat(open().current()).isEqualTo(one);
    }

    @Test
    void publish_whereACompetitorWasOlder_disablesItsOwnAndUsesTheOthers() {
        Secret theirs = Secret.random(Examples.RANDOM);
        onceBeforeCreating(() -> vault.add("f".repeat(32), 1, base64(theirs), tag(2)));
        assertThat(keys.publish()).isEqualTo(new RootKey(2, theirs));
        assertThat(vault.versions()).extracting(SecretVersion::enabled).containsExactly(true, true, false);
    }

    @Test
    void publish_whereACompetitorWasYounger_disablesTheCompetitors() {
        Secret theirs = Secret.random(Examples.RANDOM);
        onceBeforeCreating(() -> vault.add("0".repeat(32), Long.MAX_VALUE / 1_000_000_000, base64(theirs), tag(2)));
        RootKey published = keys.publish();
        assertThat(published.version()).isEqualTo(2);
        assertThat(published.secret()).isNotEqualTo(theirs);
        assertThat(vault.versions()).extracting(SecretVersion::enabled).containsExactly(true, false, true);
    }

    @Test
    void publish_ofClaimsOfTheSameSecond_keepsTheOneWhoseNameSortsFirst() {
        Secret first = Secret.random(Examples.RANDOM);
        vault.add("b".repeat(32), 7, base64(Secret.random(Examples.RANDOM)), tag(2));
        vault.add("a".repeat(32), 7, base64(first), tag(2));
        assertThatThrownBy(() -> open().current()).isInstanceOf(KeysUnavailable.class);
        assertThat(keys.publishAfter(1)).isEqualTo(new RootKey(2, first));
    }

    @Test
    void publish_whereThePutWasCarriedOutTwice_leavesOneOfThem() {
        Secret same = Secret.random(Examples.RANDOM);
        vault.add(2, same);
        vault.add(2, same);
        assertThat(keys.version(2).secret()).isEqualTo(same);
        assertThat(keys.publishAfter(1).secret()).isEqualTo(same);
        assertThat(vault.versions().stream().filter(SecretVersion::enabled)).hasSize(2);
    }

    @Test
    void retire_makesTheVersionUnknown_andItsNumberIsNotUsedAgain() {
        keys.publish();
        keys.retire(1);
        keys.retire(1);
        assertThat(keys.versions()).containsExactly(2);
        assertThatThrownBy(() -> keys.version(1)).isInstanceOf(UnknownKeyVersion.class);
        SecretVersion retired = vault.versions().getFirst();
        assertThat(retired.enabled()).isFalse();
        assertThat(retired.tags()).containsEntry(KeyVaultRootKeys.VERSION_TAG, "1");
        assertThatThrownBy(() -> vault.client().getSecret(KeyVaultRootKeys.SECRET_NAME, retired.id()))
                .hasMessageContaining("disabled secret");
        assertThat(keys.publish().version()).isEqualTo(3);
    }

    @Test
    void retire_whileAnotherInstanceRemembers_takesEffectThereWhenItAsksAgain() {
        KeyVaultRootKeys other = open();
        RootKey first = other.current();
        keys.publish();
        keys.retire(1);
        assertThat(other.version(1)).isEqualTo(first);
        clock.advance(Duration.ofMinutes(30));
        assertThatThrownBy(() -> other.version(1)).isInstanceOf(UnknownKeyVersion.class);
    }

    @Test
    void retire_ofTheNewest_isRefusedAndChangesNothing() {
        keys.publish();
        assertThatThrownBy(() -> keys.retire(2)).isInstanceOf(IllegalStateException.class);
        assertThat(open().versions()).containsExactly(1, 2);
    }

    @Test
    void retire_onAnInstanceThatMissedTheNewest_looksFirst() {
        KeyVaultRootKeys other = open();
        other.current();
        keys.publish();
        other.retire(1);
        assertThat(other.versions()).containsExactly(2);
    }

    @Test
    void publish_afterTheNewestWasDisabledByHand_givesAnotherNumber() {
        keys.publish();
        vault.disable(vault.versions().getLast());
        assertThat(keys.publish().version()).isEqualTo(3);
        assertThat(keys.versions()).containsExactly(1, 3);
    }

    private void onceBeforeCreating(Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        vault.server.before((Asked request) -> {
            if (request.method().equals("PUT") && done.compareAndSet(false, true)) {
                what.run();
            }
        });
    }

    private static Map<String, String> tag(int number) {
        return Map.of(KeyVaultRootKeys.VERSION_TAG, Integer.toString(number));
    }

    private static String base64(Secret secret) {
        return Base64.getEncoder().encodeToString(secret.bytes());
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
