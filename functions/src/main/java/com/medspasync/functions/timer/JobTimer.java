package com.medspasync.functions.timer;

import com.medspasync.functions.fault.Faults;
import com.medspasync.job.JobWatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** Has jobs go on whose message was lost. */
public final class JobTimer {

    private final @Nullable JobWatch watch;

    /** @param watch null in an app that does no maintenance, or could not be built */
    public JobTimer(@Nullable JobWatch watch) {
        this.watch = watch;
    }

    /** Every five minutes. */
    @FunctionName("JobWatch")
    public void look(@TimerTrigger(name = "timer", schedule = "0 */5 * * * *") String timer, ExecutionContext context) {
        if (watch == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            watch.announceWaiting();
        } catch (RuntimeException e) {
            context.getLogger().log(Level.SEVERE, "job-watch-failed {0}", Faults.describe(e));
            throw new IllegalStateException("the next run tries again");
        }
    }
}
