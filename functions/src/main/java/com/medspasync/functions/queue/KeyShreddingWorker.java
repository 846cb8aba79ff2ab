package com.medspasync.functions.queue;

import com.medspasync.job.JobRunner;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import org.jspecify.annotations.Nullable;

/** Destroys keys, a message at a time. */
public final class KeyShreddingWorker {

    /** The queue's name. */
    public static final String QUEUE = "key-shreddings";

    private final JobTrigger trigger;

    /** @param runner null in an app that does no maintenance */
    public KeyShreddingWorker(@Nullable JobRunner runner) {
        this.trigger = new JobTrigger(QUEUE, runner);
    }

    @FunctionName("KeyShredding")
    public void shred(
            @QueueTrigger(name = "message", queueName = QUEUE, connection = "AzureWebJobsStorage") String message,
            ExecutionContext context) {
        trigger.run(message, context);
    }

    @FunctionName("KeyShreddingPoison")
    public void giveUp(
            @QueueTrigger(name = "message", queueName = QUEUE + "-poison", connection = "AzureWebJobsStorage")
                    String message,
            ExecutionContext context) {
        trigger.giveUp(message, context);
    }
}
