package com.medspasync.crypto;

/**
 * A client's first key, to encrypt its fields with, and as it is to be stored.
 *
 * @param key version 1
 * @param wrapped the key, sealed under the practice's key
 * @param practiceKeyVersion the version of the practice's key; the storing statement refuses it when no longer accepted
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one place to the next, never compared
public record NewClientKey(DataKey key, byte[] wrapped, int practiceKeyVersion) {}
