package com.medspasync.functions.queue;

import com.medspasync.job.JobRunner;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import org.jspecify.annotations.Nullable;

/** Works on masked copies, a message at a time. */
public final class MaskedCopyWorker {

    /** The queue's name. */
    public static final String QUEUE = "masked-copies";

    private final JobTrigger trigger;

    /** @param runner null in an app that does no maintenance */
    public MaskedCopyWorker(@Nullable JobRunner runner) {
        this.trigger = new JobTrigger(QUEUE, runner);
    }

    @FunctionName("MaskedCopy")
    public void copy(
            @QueueTrigger(name = "message", queueName = QUEUE, connection = "AzureWebJobsStorage") String message,
            ExecutionContext context) {
        trigger.run(message, context);
    }

    @FunctionName("MaskedCopyPoison")
    public void giveUp(
            @QueueTrigger(name = "message", queueName = QUEUE + "-poison", connection = "AzureWebJobsStorage")
                    String message,
            ExecutionContext context) {
        trigger.giveUp(message, context);
    }
}
