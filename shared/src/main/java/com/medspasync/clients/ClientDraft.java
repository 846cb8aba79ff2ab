package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** All that a practice says about a client: what makes a new record, and what replaces one. */
public record ClientDraft(
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
        @Nullable String notes) {

    /**
     * Reads a body, and finds everything that is wrong with it.
     *
     * @param today which dates of birth lie before
     */
    public static Parsed<ClientDraft> read(Fields in, LocalDate today) {
        ClientFields fields = new ClientFields(in, today);
        Given<PersonName> firstName = fields.firstName().required();
        Given<PersonName> lastName = fields.lastName().required();
        Given<EmailAddress> email = fields.email().required();
        PhoneNumber phone = fields.phone().optional();
        DateOfBirth dateOfBirth = fields.dateOfBirth().optional();
        Ssn ssn = fields.ssn().optional();
        Address address = fields.address().then(patch -> patch.onto(null)).optional();
        EmergencyContact emergencyContact =
                fields.emergencyContact().then(patch -> patch.onto(null)).optional();
        String medicalHistory = fields.medicalHistory().optional();
        ClientStatus status = fields.status().or(ClientStatus.ACTIVE);
        String notes = fields.notes().optional();
        return in.finish(() -> new ClientDraft(
                firstName.value(),
                lastName.value(),
                email.value(),
                phone,
                dateOfBirth,
                ssn,
                address,
                emergencyContact,
                medicalHistory,
                status,
                notes));
    }

    /** Hides the person. */
    @Override
    public String toString() {
        return "ClientDraft[hidden]";
    }
}
