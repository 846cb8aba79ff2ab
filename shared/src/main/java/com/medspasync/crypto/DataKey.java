package com.medspasync.crypto;

/**
 * A key that seals and opens, with the version that it is known by in what it sealed.
 *
 * @param version from 1 on; counted by the key's owner: of a client's key, of the practice's key, or of the root
 */
public record DataKey(int version, Secret secret) {
    public DataKey {
        if (version < 1) {
            throw new IllegalArgumentException("key versions start at 1, not " + version);
        }
    }
}
