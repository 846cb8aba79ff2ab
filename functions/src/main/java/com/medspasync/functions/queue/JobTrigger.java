package com.medspasync.functions.queue;

import com.medspasync.functions.fault.Faults;
import com.medspasync.job.QueueWork;
import com.microsoft.azure.functions.ExecutionContext;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** What the functions of every queue of jobs do with a message. */
final class JobTrigger {

    private final String queue;
    private final @Nullable QueueWork work;

    /** @param work null in an app that does no maintenance, or could not be built: then messages are left for others */
    JobTrigger(String queue, @Nullable QueueWork work) {
        this.queue = queue;
        this.work = work;
    }

    /** Goes on with the job that the message names. */
    void run(String message, ExecutionContext context) {
        handle(message, context, QueueWork::run);
    }

    /** Puts on record that the job failed whose message came too often. */
    void giveUp(String message, ExecutionContext context) {
        handle(message, context, QueueWork::giveUp);
    }

    private void handle(String message, ExecutionContext context, BiConsumer<QueueWork, UUID> step) {
        Optional<UUID> job = id(message);
        if (job.isEmpty()) {
            context.getLogger().severe("ALARM bad-message in " + queue + ": it is dropped");
            return;
        }
        if (work == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            step.accept(work, job.get());
        } catch (RuntimeException e) {
            // Whatever leaves a function goes to telemetry as it is. This tells the host to bring the message again,
            // and no more.
            context.getLogger().log(Level.SEVERE, "job-failed {0}", queue + " " + job.get() + Faults.describe(e));
            throw new IllegalStateException("the job is to be tried again");
        }
    }

    private static Optional<UUID> id(String message) {
        try {
            return Optional.of(UUID.fromString(message));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
