package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A patch put together with the record it is for: what the columns are to hold.
 *
 * @param sealed the texts of the columns that are encrypted
 */
record ClientChanges(
        Change<PersonName> firstName,
        Change<PersonName> lastName,
        Change<EmailAddress> email,
        Change<PhoneNumber> phone,
        Change<ClientStatus> status,
        Map<SealedColumn, Change<String>> sealed) {

    /**
     * Puts a patch and its base together.
     *
     * @param address the address there was, where the patch names a part of one
     * @param contact the emergency contact there was, where the patch names a part of one
     */
    static Parsed<ClientChanges> of(ClientPatch patch, @Nullable Address address, @Nullable EmergencyContact contact) {
        List<Violation> violations = new ArrayList<>();
        Change<Address> newAddress = resolve(patch.address(), part -> part.onto(address), "/address", violations);
        Change<EmergencyContact> newContact =
                resolve(patch.emergencyContact(), part -> part.onto(contact), "/emergencyContact", violations);
        if (!violations.isEmpty()) {
            return new Parsed.Invalid<>(violations);
        }
        return Parsed.valid(new ClientChanges(
                patch.firstName(),
                patch.lastName(),
                patch.email(),
                patch.phone(),
                patch.status(),
                Map.of(
                        SealedColumn.DATE_OF_BIRTH, patch.dateOfBirth().map(ClientCipher::textOf),
                        SealedColumn.SSN, patch.ssn().map(Ssn::digits),
                        SealedColumn.ADDRESS, newAddress.map(ClientCipher::textOf),
                        SealedColumn.EMERGENCY_CONTACT, newContact.map(ClientCipher::textOf),
                        SealedColumn.MEDICAL_HISTORY, patch.medicalHistory(),
                        SealedColumn.NOTES, patch.notes())));
    }

    /** Whether a column is encrypted anew. */
    boolean encrypts() {
        return sealed.values().stream().anyMatch(change -> change instanceof Change.Set<String>);
    }

    private interface Resolution<P, T> {
        Parsed<T> of(P part);
    }

    private static <P, T> Change<T> resolve(
            Change<P> change, Resolution<P, T> resolution, String pointer, List<Violation> violations) {
        return switch (change) {
            case Change.Keep<P>() -> new Change.Keep<>();
            case Change.Clear<P>() -> new Change.Clear<>();
            case Change.Set<P>(P part) ->
                switch (resolution.of(part)) {
                    case Parsed.Valid<T>(T whole) -> new Change.Set<>(whole);
                    case Parsed.Invalid<T>(List<Violation> faults) -> {
                        faults.forEach(fault ->
                                violations.add(new Violation(pointer + fault.field(), fault.code(), fault.message())));
                        yield new Change.Keep<>();
                    }
                };
        };
    }
}
