package com.medspasync.crypto;

/**
 * The key of one column's blind index, under one version of the practice's key.
 *
 * @param version of the practice's key, from 1 on
 * @param bits how many are kept of a truncated index, 1 to {@value BlindIndex#MOST_BITS}
 * @param secret for HMAC, not for sealing
 */
public record IndexKey(int version, int bits, Secret secret) {
    public IndexKey {
        if (version < 1) {
            throw new IllegalArgumentException("key versions start at 1, not " + version);
        }
        if (bits < 1 || bits > BlindIndex.MOST_BITS) {
            throw new IllegalArgumentException("an index has 1 to " + BlindIndex.MOST_BITS + " bits, not " + bits);
        }
    }
}
