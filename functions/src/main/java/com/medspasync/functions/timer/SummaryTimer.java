package com.medspasync.functions.timer;

import com.medspasync.reporting.SummaryRefresh;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/**
 * Brings the summary of appointments up to date. It does so itself and asks no queue: what usually changes in five minutes takes less than a second to count, a
 * hundred thousand changes and the refresh take some seconds, or a minute on a busy machine (docs/performance.md), and after two minutes it begins no batch any more but leaves the rest
 * to the next time.
 */
public final class SummaryTimer {

    private final @Nullable SummaryRefresh refresh;

    /** @param refresh null in an app that does no maintenance, or could not be built */
    public SummaryTimer(@Nullable SummaryRefresh refresh) {
        this.refresh = refresh;
    }

    /** Every five minutes. */
    @FunctionName("RefreshViews")
    public void refresh(
            @TimerTrigger(name = "timer", schedule = "15 */5 * * * *") String timer, ExecutionContext context) {
        Tick.of(refresh, SummaryRefresh::run, "refresh-views", context);
    }
}
