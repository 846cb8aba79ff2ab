package com.medspasync.functions.queue;

import com.medspasync.job.QueueWork;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import org.jspecify.annotations.Nullable;

/** Delivers notices, a message at a time. */
public final class NoticeWorker {

    /** The queue's name. */
    public static final String QUEUE = "notices";

    private final JobTrigger trigger;

    /** @param delivery null in an app that does no maintenance */
    public NoticeWorker(@Nullable QueueWork delivery) {
        this.trigger = new JobTrigger(QUEUE, delivery);
    }

    @FunctionName("Notices")
    public void deliver(
            @QueueTrigger(name = "message", queueName = QUEUE, connection = "AzureWebJobsStorage") String message,
            ExecutionContext context) {
        trigger.run(message, context);
    }

    @FunctionName("NoticesPoison")
    public void giveUp(
            @QueueTrigger(name = "message", queueName = QUEUE + "-poison", connection = "AzureWebJobsStorage")
                    String message,
            ExecutionContext context) {
        trigger.giveUp(message, context);
    }
}
