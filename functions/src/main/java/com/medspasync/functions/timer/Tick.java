package com.medspasync.functions.timer;

import com.medspasync.functions.fault.Faults;
import com.microsoft.azure.functions.ExecutionContext;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** What the functions of every timer do when it is time. */
final class Tick {

    private Tick() {}

    /**
     * Does it.
     *
     * @param feature null in an app that does no maintenance, or could not be built
     * @param name of what is done, for the log
     */
    static <T> void of(@Nullable T feature, Consumer<T> work, String name, ExecutionContext context) {
        if (feature == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            work.accept(feature);
        } catch (RuntimeException e) {
            // Whatever leaves a function goes to telemetry as it is.
            context.getLogger().log(Level.SEVERE, "{0}", name + "-failed " + Faults.describe(e));
            throw new IllegalStateException("the next run tries again");
        }
    }
}
