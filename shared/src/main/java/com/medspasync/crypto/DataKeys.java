package com.medspasync.crypto;

/** One key in all its versions. Thread-safe. */
public interface DataKeys {

    /**
     * The version to seal with.
     *
     * @throws UnknownKeyVersion when there is none, as after a key was deleted
     * @throws KeysUnavailable when it cannot be had at present
     */
    DataKey current();

    /**
     * The version to open with.
     *
     * @throws UnknownKeyVersion when there is none, also after looking once more
     * @throws KeysUnavailable when it cannot be had at present
     */
    DataKey version(int version);
}
