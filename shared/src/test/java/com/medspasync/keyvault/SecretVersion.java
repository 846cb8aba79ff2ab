package com.medspasync.keyvault;

import java.util.Map;
import java.util.TreeMap;

/**
 * One version of a secret.
 *
 * @param id Key Vault's name for it: 32 hexadecimal digits, at random
 * @param created in seconds since 1970
 */
public record SecretVersion(String id, String value, boolean enabled, long created, Map<String, String> tags) {

    public SecretVersion {
        tags = Map.copyOf(new TreeMap<>(tags));
    }

    SecretVersion withEnabled(boolean other) {
        return new SecretVersion(id, value, other, created, tags);
    }

    SecretVersion withTags(Map<String, String> other) {
        return new SecretVersion(id, value, enabled, created, other);
    }

    /** Hides the value. */
    @Override
    public String toString() {
        return "SecretVersion[" + id + (enabled ? "]" : ", disabled]");
    }
}
