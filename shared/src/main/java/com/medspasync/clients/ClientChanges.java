package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.input.Change;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A patch put together with the record it is for: what the columns are to hold.
 *
 * @param sealed the texts of the columns that are encrypted
 * @param indexed the normal forms of what blind indexes are of
 */
record ClientChanges(
        Change<PersonName> firstName,
        Change<PersonName> lastName,
        Change<EmailAddress> email,
        Change<PhoneNumber> phone,
        Change<ClientStatus> status,
        Map<SealedColumn, Change<String>> sealed,
        Map<IndexedColumn, Change<String>> indexed) {

    /** The client as it was. */
    record Before(PersonName lastName, ProtectedFields fields) {}

    /**
     * Puts a patch and its base together.
     *
     * @param before null where the patch does not need it
     */
    static Parsed<ClientChanges> of(ClientPatch patch, @Nullable Before before) {
        Address address = before == null ? null : before.fields().address();
        EmergencyContact contact = before == null ? null : before.fields().emergencyContact();
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
                        SealedColumn.NOTES, patch.notes()),
                Map.of(
                        IndexedColumn.SSN, patch.ssn().map(IndexedColumn::normal),
                        IndexedColumn.BIRTH_AND_NAME, birthAndName(patch, before))));
    }

    /** The index of both changes with either; without a date of birth there is none. */
    private static Change<String> birthAndName(ClientPatch patch, @Nullable Before before) {
        if (!patch.dateOfBirth().isChange() && !patch.lastName().isChange()) {
            return new Change.Keep<>();
        }
        DateOfBirth dateOfBirth = Changes.apply(
                patch.dateOfBirth(), before == null ? null : before.fields().dateOfBirth());
        PersonName lastName = Changes.apply(patch.lastName(), before == null ? null : before.lastName());
        return dateOfBirth == null || lastName == null
                ? new Change.Clear<>()
                : new Change.Set<>(IndexedColumn.normal(dateOfBirth, lastName));
    }

    /** What is to be digested anew. */
    Map<IndexedColumn, String> normalForms() {
        Map<IndexedColumn, String> normal = new EnumMap<>(IndexedColumn.class);
        indexed.forEach((column, change) -> {
            if (change instanceof Change.Set<String>(String value)) {
                normal.put(column, value);
            }
        });
        return normal;
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
