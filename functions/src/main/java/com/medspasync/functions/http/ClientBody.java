package com.medspasync.functions.http;

import com.medspasync.appointments.AppointmentView;
import com.medspasync.clients.AddressView;
import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.ClientView;
import com.medspasync.clients.EmergencyContactView;
import com.medspasync.masking.ClientField;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client's whole record as the API shows it to one caller (schema {@code Client} of the contract). What is null is left out.
 *
 * @param masked the names of the fields that are masked; null when none is
 * @param withheld the names of the fields that the caller does not see; null when there are none
 * @param appointments null unless they were asked for
 */
record ClientBody(
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
        Instant createdAt,
        Instant updatedAt,
        @Nullable List<String> masked,
        @Nullable List<String> withheld,
        @Nullable List<AppointmentBody> appointments) {

    static ClientBody of(ClientView client) {
        return of(client, null);
    }

    static ClientBody of(ClientView client, @Nullable List<AppointmentView> appointments) {
        return new ClientBody(
                client.id(),
                client.firstName(),
                client.lastName(),
                client.email(),
                client.phone(),
                client.dateOfBirth(),
                client.ssn(),
                client.address(),
                client.emergencyContact(),
                client.medicalHistory(),
                client.status(),
                client.notes(),
                client.createdAt(),
                client.updatedAt(),
                names(client.masked()),
                names(client.withheld()),
                appointments == null
                        ? null
                        : appointments.stream().map(AppointmentBody::tagged).toList());
    }

    private static @Nullable List<String> names(List<ClientField> fields) {
        return fields.isEmpty() ? null : fields.stream().map(ClientField::text).toList();
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "ClientBody[" + id + "]";
    }
}
