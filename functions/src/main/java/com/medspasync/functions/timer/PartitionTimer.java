package com.medspasync.functions.timer;

import com.medspasync.database.Partitions;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import org.jspecify.annotations.Nullable;

/** Makes the partitions of the months and years to come. */
public final class PartitionTimer {

    private final @Nullable Partitions partitions;

    /** @param partitions null in an app that does no maintenance, or could not be built */
    public PartitionTimer(@Nullable Partitions partitions) {
        this.partitions = partitions;
    }

    /** Every day, at ten past three. */
    @FunctionName("PremakePartitions")
    public void premake(
            @TimerTrigger(name = "timer", schedule = "0 10 3 * * *") String timer, ExecutionContext context) {
        Tick.of(partitions, Partitions::keepAhead, "premake-partitions", context);
    }
}
