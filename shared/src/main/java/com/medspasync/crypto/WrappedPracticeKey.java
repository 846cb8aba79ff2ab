package com.medspasync.crypto;

/**
 * A practice's key as it is stored.
 *
 * @param version from 1 on
 * @param rootVersion the version of the root key that it is wrapped under
 * @param wrapped the key, sealed
 * @param accepted whether it may still encrypt; every version may decrypt
 * @param indexed whether blind indexes are kept under it: whoever writes an indexed column writes it under every such version, of
 *     which there are at most two, one odd and one even
 * @param indexBits how many bits of a truncated blind index are kept under it
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one place to the next, never compared
public record WrappedPracticeKey(
        int version, int rootVersion, byte[] wrapped, boolean accepted, boolean indexed, int indexBits) {}
