package com.medspasync.crypto;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.security.keyvault.secrets.SecretClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Root keys as versions of one Key Vault secret, whose values are the keys' 32 bytes in base64. Versions that are disabled, or without a
 * number in the tag {@value #VERSION_TAG}, are not used.
 *
 * <p>Key Vault cannot be told to add a version only if nobody else has. So whoever publishes looks again afterwards: where two enabled versions
 * claim one number, the older wins (of the same second, the one whose name in Key Vault sorts first), and whoever publishes and
 * sees that disables the other. Until then reading refuses to choose. This is the second line of defence: the first is the lease that the
 * caller of {@link #publish} holds.
 *
 * <p>Nothing of Key Vault's client is loaded before the first use, because that costs more than a second. Thread-safe.
 */
public final class KeyVaultRootKeys implements RootKeys {

    /** The secret's name. */
    public static final String SECRET_NAME = "phi-root";

    /** The tag that carries a version's number, from 1 on. */
    public static final String VERSION_TAG = "root-version";

    private static final Logger LOG = LoggerFactory.getLogger(KeyVaultRootKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final RootSecret secret;
    private final SecureRandom random;
    private final RootKeyCache cache;

    /** Held while versions are changed, so that this instance at least does not compete with itself. */
    private final ReentrantLock changing = new ReentrantLock();

    /** What was read, by Key Vault's own name of the version, whose value never changes. Touched only by {@link #load}. */
    private Map<String, Secret> values = Map.of();

    /**
     * @param client called once, at the first use; see {@link KeyVault}
     * @param timeToLive how long keys serve while Key Vault does not answer; it is asked again after half of it
     */
    public KeyVaultRootKeys(Supplier<SecretClient> client, Duration timeToLive, SecureRandom random, Clock clock) {
        this.secret = new RootSecret(client);
        this.random = random;
        this.cache = new RootKeyCache(this::load, timeToLive, PAUSE, clock);
    }

    @Override
    public RootKey current() {
        return cache.newest();
    }

    @Override
    public RootKey version(int version) {
        return cache.version(version);
    }

    @Override
    public NavigableSet<Integer> versions() {
        return cache.versions();
    }

    @Override
    public void refresh() {
        cache.refresh();
    }

    @Override
    public boolean createIfAbsent() {
        return changing(() -> {
            if (secret.exists()) {
                return false;
            }
            secret.create(1, Secret.random(random));
            cache.forget();
            return true;
        });
    }

    @Override
    public RootKey publish() {
        return changing(() -> {
            settle();
            return create();
        });
    }

    @Override
    public RootKey publishAfter(int version) {
        return changing(() -> {
            settle();
            RootKey newest = cache.newest();
            return newest.version() > version ? newest : create();
        });
    }

    @Override
    public void retire(int version) {
        int newest = changing(() -> {
            cache.forget();
            return cache.newest().version();
        });
        if (version == newest) {
            throw new IllegalStateException(
                    "version " + version + " of the root key is the newest: publish another first");
        }
        boolean retired = changing(() -> {
            List<RootSecret.Version> those = secret.versions().stream()
                    .filter(each -> each.isEnabled() && each.number() == version)
                    .toList();
            those.forEach(secret::disable);
            cache.forget();
            return !those.isEmpty();
        });
        LOG.info(
                "Version {} of the root key is {}",
                version,
                retired ? "disabled" : "disabled already, or was never there");
    }

    /** The number after the highest that any version carries, so that no number is given twice. */
    private RootKey create() {
        int number = 1
                + secret.versions().stream()
                        .mapToInt(RootSecret.Version::number)
                        .max()
                        .orElse(0);
        secret.create(number, Secret.random(random));
        settle();
        RootKey newest = cache.newest();
        if (newest.version() < number) {
            throw new KeysUnavailable("Key Vault does not list the version it has just created", PAUSE, null);
        }
        return newest;
    }

    /** Leaves one enabled version of each number, and makes the next reader see that. */
    private void settle() {
        Set<Integer> claimed = new HashSet<>();
        secret.versions().stream()
                .filter(RootSecret.Version::isEnabled)
                .sorted(RootSecret.Version.BY_AGE)
                .filter(version -> !claimed.add(version.number()))
                .forEach(loser -> {
                    LOG.warn(
                            "Version {} of {} is disabled: an older one has the {} {} too",
                            loser.name(),
                            SECRET_NAME,
                            VERSION_TAG,
                            loser.number());
                    secret.disable(loser);
                });
        cache.forget();
    }

    private NavigableMap<Integer, RootKey> load() {
        return asking(() -> {
            TreeMap<Integer, RootKey> keys = new TreeMap<>();
            Map<String, Secret> read = new HashMap<>();
            for (RootSecret.Version version : secret.versions()) {
                Optional<Secret> value = version.isEnabled() ? value(version) : Optional.empty();
                if (value.isPresent()) {
                    read.put(version.name(), value.get());
                    add(keys, new RootKey(version.number(), value.get()));
                }
            }
            if (keys.isEmpty()) {
                throw new KeysUnavailable("Key Vault has no usable version of " + SECRET_NAME, PAUSE, null);
            }
            values = read;
            return keys;
        });
    }

    private Optional<Secret> value(RootSecret.Version version) {
        return Optional.ofNullable(values.get(version.name())).or(() -> secret.value(version));
    }

    /** Two keys that claim one number cannot both be right, and wrapping under the wrong one would lose data. */
    private static void add(Map<Integer, RootKey> keys, RootKey key) {
        RootKey other = keys.put(key.version(), key);
        if (other != null && !other.equals(key)) {
            throw new KeysUnavailable(
                    "Key Vault has two different versions of " + SECRET_NAME + " with " + VERSION_TAG + " "
                            + key.version() + ": disable the one that was never used",
                    PAUSE,
                    null);
        }
    }

    private <T> T changing(Supplier<T> change) {
        changing.lock();
        try {
            return asking(change);
        } finally {
            changing.unlock();
        }
    }

    /** Whatever the client throws, refusals, timeouts, failed logins, broken connections, comes out as one exception. */
    private static <T> T asking(Supplier<T> question) {
        try {
            return question.get();
        } catch (KeysUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            throw new KeysUnavailable("Key Vault did not do what the root keys need of it", retryAfter(e), e);
        }
    }

    private static Duration retryAfter(RuntimeException e) {
        if (e instanceof HttpResponseException refused && refused.getResponse() != null) {
            String seconds = refused.getResponse().getHeaderValue(HttpHeaderName.RETRY_AFTER);
            if (seconds != null && seconds.matches("[1-9][0-9]{0,3}")) {
                return Duration.ofSeconds(Integer.parseInt(seconds));
            }
        }
        return PAUSE;
    }
}
