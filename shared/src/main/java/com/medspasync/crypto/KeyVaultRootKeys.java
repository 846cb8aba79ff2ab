package com.medspasync.crypto;

import com.azure.core.exception.HttpResponseException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.core.http.HttpHeaderName;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Root keys as versions of one Key Vault secret. Key Vault names versions at random and lists them in no order, so each carries its
 * own number in the tag {@value #VERSION_TAG}; its value is the key's 32 bytes in base64. Versions that are disabled, or without
 * such a tag, are not used.
 *
 * <p>The client is built at the first use, because that costs more than a second. Thread-safe.
 */
public final class KeyVaultRootKeys implements RootKeys {

    /** The secret's name. */
    public static final String SECRET_NAME = "phi-root";

    /** The tag that carries a version's number, from 1 on. */
    public static final String VERSION_TAG = "root-version";

    private static final Logger LOG = LoggerFactory.getLogger(KeyVaultRootKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Supplier<SecretClient> client;
    private final SecureRandom random;
    private final RootKeyCache cache;

    private final ReentrantLock building = new ReentrantLock();
    private @Nullable SecretClient built;

    /** What was read, by Key Vault's own name of the version, whose value never changes. Touched only by {@link #load}. */
    private Map<String, Secret> values = Map.of();

    /**
     * @param client called once, at the first use; see {@link KeyVault}
     * @param timeToLive how long keys serve while Key Vault does not answer; it is asked again after half of it
     */
    public KeyVaultRootKeys(Supplier<SecretClient> client, Duration timeToLive, SecureRandom random, Clock clock) {
        this.client = client;
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
    public boolean createIfAbsent() {
        try {
            if (exists()) {
                return false;
            }
            vault().setSecret(firstVersion());
            cache.forget();
            return true;
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private boolean exists() {
        try {
            vault().getSecret(SECRET_NAME);
            return true;
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    private KeyVaultSecret firstVersion() {
        byte[] key = Secret.random(random).bytes();
        try {
            return new KeyVaultSecret(SECRET_NAME, Base64.getEncoder().encodeToString(key))
                    .setProperties(new SecretProperties().setTags(Map.of(VERSION_TAG, "1")));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private SecretClient vault() {
        building.lock();
        try {
            if (built == null) {
                built = client.get();
            }
            return built;
        } finally {
            building.unlock();
        }
    }

    private NavigableMap<Integer, RootKey> load() {
        try {
            TreeMap<Integer, RootKey> keys = new TreeMap<>();
            Map<String, Secret> read = new HashMap<>();
            for (SecretProperties properties : vault().listPropertiesOfSecretVersions(SECRET_NAME)) {
                OptionalInt version = usableVersion(properties);
                Optional<Secret> secret = version.isPresent() ? value(properties) : Optional.empty();
                if (version.isPresent() && secret.isPresent()) {
                    read.put(properties.getVersion(), secret.get());
                    add(keys, new RootKey(version.getAsInt(), secret.get()));
                }
            }
            if (keys.isEmpty()) {
                throw new KeysUnavailable("Key Vault has no usable version of " + SECRET_NAME, PAUSE, null);
            }
            values = read;
            return keys;
        } catch (KeysUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
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

    private static OptionalInt usableVersion(SecretProperties properties) {
        if (!Boolean.TRUE.equals(properties.isEnabled())) {
            return OptionalInt.empty();
        }
        Map<String, String> tags = properties.getTags();
        String tag = tags == null ? null : tags.get(VERSION_TAG);
        if (tag == null || !tag.matches("[1-9][0-9]{0,8}")) {
            LOG.warn(
                    "Version {} of {} is not used: its tag {} is not a number from 1 on",
                    properties.getVersion(),
                    SECRET_NAME,
                    VERSION_TAG);
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(tag));
    }

    private Optional<Secret> value(SecretProperties properties) {
        Secret known = values.get(properties.getVersion());
        if (known != null) {
            return Optional.of(known);
        }
        String value = vault().getSecret(SECRET_NAME, properties.getVersion()).getValue();
        try {
            return Optional.of(Secret.takeOver(Base64.getDecoder().decode(value)));
        } catch (IllegalArgumentException e) {
            // Its message would quote the value.
            LOG.error(
                    "Version {} of {} is not used: it is not 32 bytes in base64", properties.getVersion(), SECRET_NAME);
            return Optional.empty();
        }
    }

    /** For whatever the client throws: refusals, timeouts, failed logins, broken connections. */
    private static KeysUnavailable unavailable(RuntimeException e) {
        return new KeysUnavailable("Key Vault did not do what the root keys need of it", retryAfter(e), e);
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
