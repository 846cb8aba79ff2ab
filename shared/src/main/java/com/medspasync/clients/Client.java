package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's whole record, decrypted. It stays inside: callers get a {@link ClientView}.
 *
 * @param version counts the record's changes from 1; what a change names to prove that it knows the latest
 * @param createdAt to the microsecond, as all times of records
 */
record Client(
        UUID id,
        PersonName firstName,
        PersonName lastName,
        EmailAddress email,
        @Nullable PhoneNumber phone,
        @Nullable DateOfBirth dateOfBirth,
        @Nullable Ssn ssn,
        @Nullable Address address,
        @Nullable EmergencyContact emergencyContact,
        @Nullable String medicalHistory,
        ClientStatus status,
        @Nullable String notes,
        int version,
        Instant createdAt,
        Instant updatedAt)
        implements ProtectedFields {

    /** A new client, not yet stored. */
    static Client of(UUID id, ClientDraft draft, Instant now) {
        return new Client(
                id,
                draft.firstName(),
                draft.lastName(),
                draft.email(),
                draft.phone(),
                draft.dateOfBirth(),
                draft.ssn(),
                draft.address(),
                draft.emergencyContact(),
                draft.medicalHistory(),
                draft.status(),
                draft.notes(),
                1,
                now,
                now);
    }

    /** What is not stored encrypted. */
    ClientSummary summary() {
        return new ClientSummary(id, firstName, lastName, email, phone, status, version, createdAt, updatedAt);
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "Client[" + id + ", version " + version + "]";
    }
}
