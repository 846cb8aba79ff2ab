package com.medspasync.rotation;

/** Moves one kind of things from the old version of a key to the new one, some at a time. Thread-safe. */
@FunctionalInterface
public interface Sweep {

    /**
     * Moves the next few. Each of its statements begins with {@link Turn#HELD}, and what somebody else has changed meanwhile it leaves
     * for the next call.
     *
     * @param most how many to take at once, at least 1
     * @throws com.medspasync.job.JobStopped at something that cannot be moved
     */
    Batch next(Turn turn, int most);

    /**
     * What became of a few things.
     *
     * @param found how many there were; 0 when nothing is left
     * @param moved how many of them are under the new version now, by this call
     */
    record Batch(long found, long moved) {

        /** Nothing is left. */
        public static final Batch NOTHING = new Batch(0, 0);

        public Batch {
            if (moved < 0 || moved > found) {
                throw new IllegalArgumentException("of " + found + " things, " + moved + " cannot have been moved");
            }
        }
    }
}
