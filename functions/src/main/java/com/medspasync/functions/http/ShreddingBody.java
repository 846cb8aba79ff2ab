package com.medspasync.functions.http;

import com.medspasync.shredding.Shredding;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A destruction of keys as the API shows it (schema {@code KeyShredding} of the contract). What is null is left out. */
record ShreddingBody(
        UUID id,
        Shredding.Kind kind,
        UUID practiceId,
        @Nullable UUID clientId,
        String reason,
        @Nullable UUID requestedBy,
        Shredding.Status status,
        @Nullable Instant confirmableAt,
        @Nullable Instant confirmedAt,
        @Nullable UUID confirmedBy,
        long clientKeys,
        long practiceKeys,
        @Nullable Instant destroyedAt,
        @Nullable Instant certifiableAt,
        @Nullable Instant certifiedAt,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    static ShreddingBody of(Shredding shredding) {
        return new ShreddingBody(
                shredding.id(),
                shredding.kind(),
                shredding.practice(),
                shredding.client(),
                shredding.reason(),
                shredding.requestedBy(),
                shredding.status(),
                shredding.confirmableAt(),
                shredding.confirmedAt(),
                shredding.confirmedBy(),
                shredding.clientKeys(),
                shredding.practiceKeys(),
                shredding.destroyedAt(),
                shredding.certifiableAt(),
                shredding.certifiedAt(),
                shredding.error(),
                shredding.createdAt(),
                shredding.updatedAt());
    }
}
