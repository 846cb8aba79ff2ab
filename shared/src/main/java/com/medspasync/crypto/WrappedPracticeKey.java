package com.medspasync.crypto;

/**
 * A practice's key as it is stored.
 *
 * @param version from 1 on
 * @param rootVersion the version of the root key that it is wrapped under
 * @param wrapped the key, sealed
 * @param accepted whether it may still encrypt; every version may decrypt
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one place to the next, never compared
public record WrappedPracticeKey(int version, int rootVersion, byte[] wrapped, boolean accepted) {}
