package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Visibilities;
import com.medspasync.masking.Visibility;
import com.medspasync.tenant.Role;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What is to become of a client's record: a merge patch (RFC 7396), whose nested objects merge too. */
public record ClientPatch(
        Change<PersonName> firstName,
        Change<PersonName> lastName,
        Change<EmailAddress> email,
        Change<PhoneNumber> phone,
        Change<DateOfBirth> dateOfBirth,
        Change<Ssn> ssn,
        Change<AddressPatch> address,
        Change<EmergencyContactPatch> emergencyContact,
        Change<String> medicalHistory,
        Change<ClientStatus> status,
        Change<String> notes) {

    /**
     * Reads a body, and finds everything that is wrong with it.
     *
     * @param today which dates of birth lie before
     */
    public static Parsed<ClientPatch> read(Fields in, LocalDate today) {
        ClientFields fields = new ClientFields(in, today);
        Change<PersonName> firstName = fields.firstName().changeOnly();
        Change<PersonName> lastName = fields.lastName().changeOnly();
        Change<EmailAddress> email = fields.email().changeOnly();
        Change<PhoneNumber> phone = fields.phone().change();
        Change<DateOfBirth> dateOfBirth = fields.dateOfBirth().change();
        Change<Ssn> ssn = fields.ssn().change();
        Change<AddressPatch> address = fields.address().change();
        Change<EmergencyContactPatch> emergencyContact =
                fields.emergencyContact().change();
        Change<String> medicalHistory = fields.medicalHistory().change();
        Change<ClientStatus> status = fields.status().changeOnly();
        Change<String> notes = fields.notes().change();
        return in.finish(() -> new ClientPatch(
                firstName,
                lastName,
                email,
                phone,
                dateOfBirth,
                ssn,
                address,
                emergencyContact,
                medicalHistory,
                status,
                notes));
    }

    /**
     * The patch that makes any record say what {@code draft} says: what PUT does. Where the draft leaves out a field that {@code role} does
     * not see in full, it stays.
     */
    static ClientPatch to(ClientDraft draft, @Nullable Role role) {
        return new ClientPatch(
                new Change.Set<>(draft.firstName()),
                new Change.Set<>(draft.lastName()),
                new Change.Set<>(draft.email()),
                replacement(draft.phone(), ClientField.PHONE, role),
                replacement(draft.dateOfBirth(), ClientField.DATE_OF_BIRTH, role),
                replacement(draft.ssn(), ClientField.SSN, role),
                replacement(draft.address(), ClientField.ADDRESS, role).map(AddressPatch::to),
                replacement(draft.emergencyContact(), ClientField.EMERGENCY_CONTACT, role)
                        .map(EmergencyContactPatch::to),
                replacement(draft.medicalHistory(), ClientField.MEDICAL_HISTORY, role),
                new Change.Set<>(draft.status()),
                replacement(draft.notes(), ClientField.NOTES, role));
    }

    private static <T> Change<T> replacement(@Nullable T value, ClientField field, @Nullable Role role) {
        return value == null && Visibilities.of(role, field) != Visibility.FULL
                ? new Change.Keep<>()
                : Changes.to(value);
    }

    /**
     * Whether what comes of it depends on the record there was: on nested objects, or on the half that it does not name of what is
     * indexed together.
     */
    boolean needsBase() {
        return (sets(lastName) && !dateOfBirth.isChange())
                || (sets(dateOfBirth) && !lastName.isChange())
                || (address instanceof Change.Set<AddressPatch>(AddressPatch part) && part.needsBase())
                || (emergencyContact instanceof Change.Set<EmergencyContactPatch>(EmergencyContactPatch one)
                        && one.needsBase());
    }

    /** Whether it writes a ciphertext. */
    boolean encrypts() {
        return sets(dateOfBirth)
                || sets(ssn)
                || sets(address)
                || sets(emergencyContact)
                || sets(medicalHistory)
                || sets(notes);
    }

    private static boolean sets(Change<?> change) {
        return change instanceof Change.Set<?>;
    }

    /** Hides the person. */
    @Override
    public String toString() {
        return "ClientPatch[hidden]";
    }
}
