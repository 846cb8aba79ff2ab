package com.medspasync.functions.timer;

import com.medspasync.functions.fault.Faults;
import com.medspasync.rotation.RotationWatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** Has rotations go on whose message was lost. */
public final class KeyRotationTimer {

    private final @Nullable RotationWatch watch;

    /** @param watch null in an app that does no maintenance, or could not be built */
    public KeyRotationTimer(@Nullable RotationWatch watch) {
        this.watch = watch;
    }

    /** Every five minutes. */
    @FunctionName("KeyRotationWatch")
    public void look(@TimerTrigger(name = "timer", schedule = "0 */5 * * * *") String timer, ExecutionContext context) {
        if (watch == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            watch.announceWaiting();
        } catch (RuntimeException e) {
            context.getLogger().log(Level.SEVERE, "key-rotation-watch-failed {0}", Faults.describe(e));
            throw new IllegalStateException("the next run tries again");
        }
    }
}
