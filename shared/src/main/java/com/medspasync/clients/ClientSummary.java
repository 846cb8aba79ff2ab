package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What lists and searches show of a client: nothing that is stored encrypted. */
public record ClientSummary(
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
