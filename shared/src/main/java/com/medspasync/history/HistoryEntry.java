package com.medspasync.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a client, as the audit has it.
 *
 * @param id of the audit's row
 * @param user who did it; null when the platform did
 * @param userEmail the user's e-mail address as it is now; null when there is no such user any more
 * @param address where from; null when the platform did it
 * @param changes empty for a change of nothing, and where {@code erased}
 * @param erased whether the values were removed by an erasure, which the audit records
 */
public record HistoryEntry(
        UUID id,
        Instant at,
        Action action,
        @Nullable UUID user,
        @Nullable String userEmail,
        @Nullable String address,
        @Nullable UUID requestId,
        List<FieldChange> changes,
        boolean erased) {

    /** What was done. */
    public enum Action {
        CREATE,
        UPDATE,
        DELETE,
        RESTORE
    }

    public HistoryEntry {
        changes = List.copyOf(changes);
    }
}
