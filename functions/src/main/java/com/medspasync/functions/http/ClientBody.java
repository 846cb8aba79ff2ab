package com.medspasync.functions.http;

import com.medspasync.clients.Address;
import com.medspasync.clients.Client;
import com.medspasync.clients.ClientStatus;
import com.medspasync.clients.DateOfBirth;
import com.medspasync.clients.EmergencyContact;
import com.medspasync.clients.Ssn;
import com.medspasync.contact.PhoneNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A client's whole record as the API shows it (schema {@code Client} of the contract). What is null is left out. */
record ClientBody(
        UUID id,
        String firstName,
        String lastName,
        String email,
        @Nullable String phone,
        @Nullable LocalDate dateOfBirth,
        @Nullable String ssn,
        @Nullable Address address,
        @Nullable Contact emergencyContact,
        @Nullable String medicalHistory,
        ClientStatus status,
        @Nullable String notes,
        Instant createdAt,
        Instant updatedAt) {

    /** An emergency contact with its number as text. */
    record Contact(String name, @Nullable String relationship, String phone) {
        static @Nullable Contact of(@Nullable EmergencyContact contact) {
            return contact == null
                    ? null
                    : new Contact(
                            contact.name(),
                            contact.relationship(),
                            contact.phone().e164());
        }
    }

    static ClientBody of(Client client) {
        PhoneNumber phone = client.phone();
        DateOfBirth dateOfBirth = client.dateOfBirth();
        Ssn ssn = client.ssn();
        return new ClientBody(
                client.id(),
                client.firstName().value(),
                client.lastName().value(),
                client.email().value(),
                phone == null ? null : phone.e164(),
                dateOfBirth == null ? null : dateOfBirth.value(),
                ssn == null ? null : ssn.formatted(),
                client.address(),
                Contact.of(client.emergencyContact()),
                client.medicalHistory(),
                client.status(),
                client.notes(),
                client.createdAt(),
                client.updatedAt());
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "ClientBody[" + id + "]";
    }
}
