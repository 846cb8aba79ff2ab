package com.medspasync.shredding;

/** Something that was made from what the keys encrypted, and would outlive them. Thread-safe. */
@FunctionalInterface
public interface Remnant {

    /**
     * Clears the next few. Each statement begins with {@link Shred#HELD} and is bound by {@link Shred#bind}.
     *
     * @param most how many to take at once, at least 1
     * @return how many it cleared; 0 when nothing is left
     */
    long clear(Shred shred, int most);
}
