package com.medspasync.clients;

import com.medspasync.masking.ClientField;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's whole record as one caller sees it: texts to be shown, which may be masked. A field that is null is empty, or withheld.
 *
 * @param phone in E.164, or masked
 * @param dateOfBirth {@code 1984-02-29}, or the year
 * @param ssn {@code 123-45-6789}, or {@code ***-**-6789}
 * @param version counts the record's changes from 1; what a change names to prove that it knows the latest
 * @param createdAt to the microsecond, as all times of records
 * @param masked which of the fields that are not null are masked
 * @param withheld which fields the caller does not see, whether or not the client has them
 */
public record ClientView(
        UUID id,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String dateOfBirth,
        @Nullable String ssn,
        @Nullable AddressView address,
        @Nullable EmergencyContactView emergencyContact,
        @Nullable String medicalHistory,
        ClientStatus status,
        @Nullable String notes,
        int version,
        Instant createdAt,
        Instant updatedAt,
        List<ClientField> masked,
        List<ClientField> withheld) {

    public ClientView {
        masked = List.copyOf(masked);
        withheld = List.copyOf(withheld);
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "ClientView[" + id + ", version " + version + "]";
    }
}
