package com.medspasync.functions.queue;

import com.medspasync.functions.fault.Faults;
import com.medspasync.rotation.RotationJob;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/** Works on key rotations, a message at a time. */
public final class KeyRotationWorker {

    private static final String POISON = RotationMessages.QUEUE + "-poison";

    private final @Nullable RotationJob job;

    /** @param job null in an app that does no maintenance, or could not be built: then messages are left for others */
    public KeyRotationWorker(@Nullable RotationJob job) {
        this.job = job;
    }

    /** Goes on with a rotation. */
    @FunctionName("KeyRotation")
    public void rotate(
            @QueueTrigger(name = "message", queueName = RotationMessages.QUEUE, connection = "AzureWebJobsStorage")
                    String message,
            ExecutionContext context) {
        handle(message, context, RotationJob::run);
    }

    /** Puts on record that a rotation failed whose message came too often. */
    @FunctionName("KeyRotationPoison")
    public void giveUp(
            @QueueTrigger(name = "message", queueName = POISON, connection = "AzureWebJobsStorage") String message,
            ExecutionContext context) {
        handle(message, context, RotationJob::giveUp);
    }

    private void handle(String message, ExecutionContext context, BiConsumer<RotationJob, UUID> work) {
        Optional<UUID> rotation = id(message);
        if (rotation.isEmpty()) {
            context.getLogger().severe("ALARM bad-message in " + RotationMessages.QUEUE + ": it is dropped");
            return;
        }
        if (job == null) {
            throw new IllegalStateException("this app does no maintenance");
        }
        try {
            work.accept(job, rotation.get());
        } catch (RuntimeException e) {
            // Whatever leaves a function goes to telemetry as it is. This tells the host to bring the message again,
            // and no more.
            context.getLogger().log(Level.SEVERE, "key-rotation-failed {0}", rotation.get() + Faults.describe(e));
            throw new IllegalStateException("the key rotation is to be tried again");
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
