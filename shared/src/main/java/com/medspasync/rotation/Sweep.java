package com.medspasync.rotation;

/** Moves one kind of things from the old version of a key to the new one, some at a time. Thread-safe. */
@FunctionalInterface
public interface Sweep {

    /**
     * Moves the next few. Each of its statements begins with {@link Turn#HELD}, and what somebody else has changed meanwhile it leaves
     * for the next call.
     *
     * @param most how many to take at once, at least 1
     * @return how many it found, which it has tried to move; 0 when nothing is left
     * @throws RotationStopped at something that cannot be moved
     */
    int next(Turn turn, int most);
}
