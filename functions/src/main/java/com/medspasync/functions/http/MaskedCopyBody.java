package com.medspasync.functions.http;

import com.medspasync.maskedcopy.CopiedFile;
import com.medspasync.maskedcopy.MaskedCopy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A masked copy as the API shows it (schema {@code MaskedCopy} of the contract). What is null is left out. */
record MaskedCopyBody(
        UUID id,
        UUID practiceId,
        String reason,
        @Nullable UUID requestedBy,
        MaskedCopy.Status status,
        long done,
        @Nullable Long total,
        @Nullable List<CopiedFile> files,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant completedAt) {

    static MaskedCopyBody of(MaskedCopy copy) {
        return new MaskedCopyBody(
                copy.id(),
                copy.practice(),
                copy.reason(),
                copy.requestedBy(),
                copy.status(),
                copy.done(),
                copy.total(),
                copy.status() == MaskedCopy.Status.COMPLETED ? copy.files() : null,
                copy.error(),
                copy.createdAt(),
                copy.updatedAt(),
                copy.completedAt());
    }
}
