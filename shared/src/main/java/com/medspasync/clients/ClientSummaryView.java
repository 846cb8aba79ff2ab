package com.medspasync.clients;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What lists and searches show one caller of a client: nothing that is stored encrypted. A field that is null is empty, or withheld. */
public record ClientSummaryView(
        UUID id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        ClientStatus status,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "ClientSummaryView[" + id + ", version " + version + "]";
    }
}
