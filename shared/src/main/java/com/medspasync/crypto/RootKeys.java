package com.medspasync.crypto;

import java.util.NavigableSet;

/**
 * Where the root key lies, in its versions. What is read is remembered for a time, on each instance for itself; whoever publishes or
 * retires a version sees that at once. Thread-safe.
 */
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
     * Asks the store again, unless that was done a moment ago: for a writer whose statement was refused because the version it used is
     * retired. Where the store does not answer, what is remembered stays.
     */
    void refresh();

    /**
     * The versions that may be used, as this instance remembers them; a copy.
     *
     * @throws KeysUnavailable when the store does not answer and nothing unexpired is cached
     */
    NavigableSet<Integer> versions();

    /**
     * Creates version 1 where there is no version. The migrator calls it, under the lock that keeps migrators apart.
     *
     * @return whether it did
     * @throws KeysUnavailable when the store does not answer
     */
    boolean createIfAbsent();

    /**
     * Creates the next version, which is the newest from then on; a number that was ever given is not given again. Other instances
     * find it when they meet it, or when they ask the store again.
     *
     * <p>Its caller holds a lease in the database, so that one rotation runs at a time. Were two to publish at once all the same,
     * they would either create two versions or end with the same one: never do two keys stay under one number.
     *
     * @return the version that is now the newest
     * @throws KeysUnavailable when the store does not answer; whether a version was created is then not known
     */
    RootKey publish();

    /**
     * As {@link #publish}, unless there is a version newer than {@code version}: so it may be repeated by whoever does not know whether it
     * was done.
     *
     * @return the newest version
     * @throws KeysUnavailable as {@link #publish}
     */
    RootKey publishAfter(int version);

    /**
     * Disables a version that nothing is wrapped under any more: {@link #version} no longer knows it, on other instances when they
     * ask the store again. The key itself stays in the store, where an operator can enable it. Of a version that is not usable, nothing
     * changes.
     *
     * @throws IllegalStateException when it is the newest
     * @throws KeysUnavailable when the store does not answer; repeat it then
     */
    void retire(int version);
}
