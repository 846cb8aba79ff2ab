package com.medspasync.functions.timer;

import com.medspasync.expiry.Expiry;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/** Deletes what has served its time. */
public final class ExpiryTimer {

    private final @Nullable Expiry expiry;

    /** @param expiry null in an app that does no maintenance, or could not be built */
    public ExpiryTimer(@Nullable Expiry expiry) {
        this.expiry = expiry;
    }

    /** Every hour, at twenty to. */
    @FunctionName("DeleteExpired")
    public void delete(
            @TimerTrigger(name = "timer", schedule = "0 40 * * * *") String timer, ExecutionContext context) {
        Tick.of(expiry, Expiry::run, "expiry", context);
    }
}
