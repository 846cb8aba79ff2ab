package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is not stored encrypted of a client. It stays inside: callers get a {@link ClientSummaryView}. */
record ClientSummary(
        UUID id,
        PersonName firstName,
        PersonName lastName,
        EmailAddress email,
        @Nullable PhoneNumber phone,
        ClientStatus status,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "ClientSummary[" + id + ", version " + version + "]";
    }
}
