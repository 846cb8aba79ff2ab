package com.medspasync.functions.timer;

import com.medspasync.job.JobWatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
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
        Tick.of(watch, JobWatch::announceWaiting, "job-watch", context);
    }
}
