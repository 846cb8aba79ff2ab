package com.medspasync.functions.timer;

import com.medspasync.reminders.ReminderWatch;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/** Has clients reminded of their appointments. */
public final class ReminderTimer {

    private final @Nullable ReminderWatch watch;

    /** @param watch null in an app that does no maintenance, or could not be built */
    public ReminderTimer(@Nullable ReminderWatch watch) {
        this.watch = watch;
    }

    /** Every five minutes: what practices set is in hours. */
    @FunctionName("FindReminders")
    public void find(
            @TimerTrigger(name = "timer", schedule = "15 */5 * * * *") String timer, ExecutionContext context) {
        Tick.of(watch, ReminderWatch::remind, "reminders", context);
    }
}
