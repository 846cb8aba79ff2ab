package com.medspasync.crypto;

import com.azure.core.exception.ResourceModifiedException;
import com.azure.core.exception.ResourceNotFoundException;
import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.models.KeyVaultSecret;
import com.azure.security.keyvault.secrets.models.SecretProperties;
import com.medspasync.hosting.BuiltAtFirstUse;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret in Key Vault whose versions are the root keys. Key Vault names versions at random and lists them in no order, so each
 * carries its own number in a tag. Throws whatever Azure's client throws. The client is built at the first use, because
 * that costs more than a second. Thread-safe.
 */
final class RootSecret {

    private static final Logger LOG = LoggerFactory.getLogger(RootSecret.class);

    /** A version that carries a number. */
    record Version(int number, SecretProperties properties) {

        /** The older wins where two claim one number: it may have been used already. Key Vault tells seconds, so the name decides between equals. */
        static final Comparator<Version> BY_AGE =
                Comparator.comparing(Version::created).thenComparing(Version::name);

        /** Key Vault's own, which is random. */
        String name() {
            return properties.getVersion();
        }

        boolean isEnabled() {
            return Boolean.TRUE.equals(properties.isEnabled());
        }

        private OffsetDateTime created() {
            OffsetDateTime created = properties.getCreatedOn();
            return created == null ? OffsetDateTime.MAX : created;
        }
    }

    private final Supplier<SecretClient> vault;

    /** @param client called once, at the first use */
    RootSecret(Supplier<SecretClient> client) {
        this.vault = new BuiltAtFirstUse<>(client);
    }

    /** Whether there is any version, numbered or not, enabled or not. */
    boolean exists() {
        try {
            return vault.get().listPropertiesOfSecretVersions(KeyVaultRootKeys.SECRET_NAME).stream()
                    .findAny()
                    .isPresent();
        } catch (ResourceNotFoundException e) {
            return false;
        }
    }

    /** Every version with a number, in no order, enabled or not. */
    List<Version> versions() {
        List<Version> versions = new ArrayList<>();
        for (SecretProperties properties : vault.get().listPropertiesOfSecretVersions(KeyVaultRootKeys.SECRET_NAME)) {
            number(properties).ifPresent(number -> versions.add(new Version(number, properties)));
        }
        return versions;
    }

    /** The key that {@code version} holds; empty when it holds something else. */
    Optional<Secret> value(Version version) {
        String value = vault.get()
                .getSecret(KeyVaultRootKeys.SECRET_NAME, version.name())
                .getValue();
        try {
            return Optional.of(Secret.takeOver(Base64.getDecoder().decode(value)));
        } catch (IllegalArgumentException e) {
            // Its message would quote the value.
            LOG.error(
                    "Version {} of {} is not used: it is not 32 bytes in base64",
                    version.name(),
                    KeyVaultRootKeys.SECRET_NAME);
            return Optional.empty();
        }
    }

    /** Adds a version. Key Vault knows no condition for that: two callers may give one number. */
    void create(int number, Secret secret) {
        byte[] key = secret.bytes();
        try {
            vault.get()
                    .setSecret(new KeyVaultSecret(
                                    KeyVaultRootKeys.SECRET_NAME,
                                    Base64.getEncoder().encodeToString(key))
                            .setProperties(new SecretProperties()
                                    .setTags(Map.of(KeyVaultRootKeys.VERSION_TAG, Integer.toString(number)))));
        } catch (ResourceModifiedException e) {
            LOG.error(
                    "{} was deleted and can be recovered: recover it, for what is encrypted needs it",
                    KeyVaultRootKeys.SECRET_NAME);
            throw e;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Makes {@code version} unreadable until it is enabled again. Its tag, and so its number, stays. */
    void disable(Version version) {
        vault.get().updateSecretProperties(version.properties().setEnabled(false));
    }

    private static Optional<Integer> number(SecretProperties properties) {
        Map<String, String> tags = properties.getTags();
        String tag = tags == null ? null : tags.get(KeyVaultRootKeys.VERSION_TAG);
        if (tag != null && tag.matches("[1-9][0-9]{0,8}")) {
            return Optional.of(Integer.valueOf(tag));
        }
        if (Boolean.TRUE.equals(properties.isEnabled())) {
            LOG.warn(
                    "Version {} of {} is not used: its tag {} is not a number from 1 on",
                    properties.getVersion(),
                    KeyVaultRootKeys.SECRET_NAME,
                    KeyVaultRootKeys.VERSION_TAG);
        }
        return Optional.empty();
    }
}
