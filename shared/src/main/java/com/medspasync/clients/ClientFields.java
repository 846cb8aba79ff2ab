package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Fields;
import com.medspasync.input.Value;
import com.medspasync.masking.Masks;
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

    /**
     * Refuses what a caller may have been shown in the place of a value: sent back, it would replace the value. A masked date of birth is
     * no date, and free text is never masked.
     */
    static Value<String> unmasked(Value<String> text) {
        return text.check(
                given -> !Masks.isMasked(given),
                "masked",
                "must not be masked; leave it out and the value stays as it is");
    }

    Value<PersonName> firstName() {
        return in.text("firstName", PersonName.MAX_LENGTH).then(PersonName::parse);
    }

    Value<PersonName> lastName() {
        return in.text("lastName", PersonName.MAX_LENGTH).then(PersonName::parse);
    }

    Value<EmailAddress> email() {
        return unmasked(in.text("email", EmailAddress.MAX_LENGTH)).then(EmailAddress::parse);
    }

    Value<PhoneNumber> phone() {
        return unmasked(in.text("phone", PhoneNumber.MAX_LENGTH)).then(PhoneNumber::parse);
    }

    Value<DateOfBirth> dateOfBirth() {
        return in.date("dateOfBirth").then(date -> DateOfBirth.parse(date, today));
    }

    Value<Ssn> ssn() {
        return unmasked(in.text("ssn", MAX_SSN)).then(Ssn::parse);
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
