package com.medspasync.rotation;

import java.util.List;

/**
 * One part of a rotation: it changes what writers are allowed, and then moves all that they wrote before.
 *
 * @param opening changes what writers are allowed, and may run again after a crash
 * @param sweeps what there may be left to move
 */
public record Stage(Opening opening, List<Sweep> sweeps) {

    /** Changes what writers are allowed. */
    @FunctionalInterface
    public interface Opening {

        /** Does it, and does it once more without harm. It has chosen the versions by {@link Turn#choose} before it changes anything. */
        void run(Turn turn);
    }

    public Stage {
        sweeps = List.copyOf(sweeps);
    }
}
