package com.medspasync.functions.http;

import com.medspasync.rotation.Rotation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key rotation as the API shows it (schema {@code KeyRotation} of the contract). What is null is left out. */
record RotationBody(
        UUID id,
        Rotation.Kind kind,
        @Nullable UUID practiceId,
        @Nullable UUID clientId,
        String reason,
        @Nullable UUID requestedBy,
        Rotation.Status status,
        @Nullable Integer fromVersion,
        @Nullable Integer toVersion,
        long done,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {

    static RotationBody of(Rotation rotation) {
        return new RotationBody(
                rotation.id(),
                rotation.kind(),
                rotation.practice(),
                rotation.client(),
                rotation.reason(),
                rotation.requestedBy(),
                rotation.status(),
                rotation.fromVersion(),
                rotation.toVersion(),
                rotation.done(),
                rotation.error(),
                rotation.createdAt(),
                rotation.updatedAt(),
                rotation.completedAt());
    }
}
