package com.medspasync.crypto;

/** Where the root key lies. Thread-safe. */
public interface RootKeys {

    /**
     * The newest version.
     *
     * @throws KeysUnavailable when the store does not answer and nothing unexpired is cached
     */
    RootKey current();

    /**
     * One version. One that is not cached makes the store be asked once, at a limited rate.
     *
     * @throws UnknownKeyVersion when the store has no such version, or none that may be used
     * @throws KeysUnavailable when the store does not answer and nothing unexpired is cached
     */
    RootKey version(int version);

    /**
     * Creates version 1 where there is no version. The migrator calls it, under the lock that keeps migrators apart.
     *
     * @return whether it did
     * @throws KeysUnavailable when the store does not answer
     */
    boolean createIfAbsent();
}
