package com.medspasync.shredding;

/** Something that has to do with the keys and would outlive them: made from what they encrypt, or about to make another. Thread-safe. */
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
