package com.medspasync.functions.queue;

import com.medspasync.job.JobRunner;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import org.jspecify.annotations.Nullable;

/** Works on key rotations, a message at a time. */
public final class KeyRotationWorker {

    /** The queue's name. */
    public static final String QUEUE = "key-rotations";

    private final JobTrigger trigger;

    /** @param runner null in an app that does no maintenance */
    public KeyRotationWorker(@Nullable JobRunner runner) {
        this.trigger = new JobTrigger(QUEUE, runner);
    }

    @FunctionName("KeyRotation")
    public void rotate(
            @QueueTrigger(name = "message", queueName = QUEUE, connection = "AzureWebJobsStorage") String message,
            ExecutionContext context) {
        trigger.run(message, context);
    }

    @FunctionName("KeyRotationPoison")
    public void giveUp(
            @QueueTrigger(name = "message", queueName = QUEUE + "-poison", connection = "AzureWebJobsStorage")
                    String message,
            ExecutionContext context) {
        trigger.giveUp(message, context);
    }
}
