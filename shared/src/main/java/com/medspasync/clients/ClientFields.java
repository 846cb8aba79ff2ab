package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Value;
import java.time.LocalDate;

/** The fields of a client as they are written, each with its rules; a new record and a patch end them differently. */
final class ClientFields {

    private static final int MAX_MEDICAL_HISTORY = 32_000;
    private static final int MAX_NOTES = 8_000;
    private static final int MAX_SSN = 11;

    private final Fields in;
    private final LocalDate today;

    ClientFields(Fields in, LocalDate today) {
        this.in = in;
        this.today = today;
    }

    Value<PersonName> firstName() {
        return in.text("firstName", PersonName.MAX_LENGTH).then(PersonName::parse);
    }

    Value<PersonName> lastName() {
        return in.text("lastName", PersonName.MAX_LENGTH).then(PersonName::parse);
    }

    Value<EmailAddress> email() {
        return in.text("email", EmailAddress.MAX_LENGTH).then(EmailAddress::parse);
    }

    Value<PhoneNumber> phone() {
        return in.text("phone", PhoneNumber.MAX_LENGTH).then(PhoneNumber::parse);
    }

    Value<DateOfBirth> dateOfBirth() {
        return in.date("dateOfBirth").then(date -> DateOfBirth.parse(date, today));
    }

    Value<Ssn> ssn() {
        return in.text("ssn", MAX_SSN).then(Ssn::parse);
    }

    Value<AddressPatch> address() {
        return in.object("address", AddressPatch::read);
    }

    Value<EmergencyContactPatch> emergencyContact() {
        return in.object("emergencyContact", EmergencyContactPatch::read);
    }

    Value<String> medicalHistory() {
        return in.lines("medicalHistory", MAX_MEDICAL_HISTORY);
    }

    Value<ClientStatus> status() {
        return in.choice("status", ClientStatus.class);
    }

    Value<String> notes() {
        return in.lines("notes", MAX_NOTES);
    }
}
