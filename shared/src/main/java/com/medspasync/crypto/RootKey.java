package com.medspasync.crypto;

/**
 * The key that everything hangs on, in one version.
 *
 * @param version from 1 on
 */
public record RootKey(int version, Secret secret) {
    public RootKey {
        if (version < 1) {
            throw new IllegalArgumentException("root key versions start at 1, not " + version);
        }
    }
}
