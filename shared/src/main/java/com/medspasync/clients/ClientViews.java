package com.medspasync.clients;

import com.medspasync.contact.EmailAddress;
import com.medspasync.contact.PersonName;
import com.medspasync.contact.PhoneNumber;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Masks;
import com.medspasync.masking.Sight;
import com.medspasync.tenant.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes what one caller sees of clients. A field that the caller does not see is not even asked for, and so never decrypted. */
final class ClientViews {

    private final Sight sight;

    /** Of clients in general, for {@code caller}. */
    ClientViews(Caller caller) {
        this(Sight.of(caller));
    }

    /** @param sight of the client or clients to be shown */
    ClientViews(Sight sight) {
        this.sight = sight;
    }

    ClientView of(Client client) {
        return of(client.summary(), client);
    }

    ClientView of(ClientSummary plain, ProtectedFields fields) {
        List<ClientField> masked = new ArrayList<>();
        return new ClientView(
                plain.id(),
                firstName(plain, masked),
                lastName(plain, masked),
                email(plain, masked),
                phone(plain, masked),
                show(
                        ClientField.DATE_OF_BIRTH,
                        fields::dateOfBirth,
                        ClientCipher::textOf,
                        date -> Masks.date(ClientCipher.textOf(date)),
                        masked),
                show(ClientField.SSN, fields::ssn, Ssn::formatted, ssn -> Masks.ssn(ssn.digits()), masked),
                show(ClientField.ADDRESS, fields::address, AddressView::of, AddressView::masked, masked),
                show(
                        ClientField.EMERGENCY_CONTACT,
                        fields::emergencyContact,
                        EmergencyContactView::of,
                        EmergencyContactView::masked,
                        masked),
                show(ClientField.MEDICAL_HISTORY, fields::medicalHistory, text -> text, text -> Masks.HIDDEN, masked),
                plain.status(),
                show(ClientField.NOTES, fields::notes, text -> text, text -> Masks.HIDDEN, masked),
                plain.version(),
                plain.createdAt(),
                plain.updatedAt(),
                // Arguments are evaluated in order: the fields above have told by now which of them are masked.
                masked,
                sight.withheld());
    }

    ClientSummaryView of(ClientSummary plain) {
        List<ClientField> masked = new ArrayList<>();
        return new ClientSummaryView(
                plain.id(),
                firstName(plain, masked),
                lastName(plain, masked),
                email(plain, masked),
                phone(plain, masked),
                plain.status(),
                plain.version(),
                plain.createdAt(),
                plain.updatedAt());
    }

    private @Nullable String firstName(ClientSummary plain, List<ClientField> masked) {
        return show(ClientField.FIRST_NAME, plain::firstName, PersonName::value, name -> Masks.HIDDEN, masked);
    }

    private @Nullable String lastName(ClientSummary plain, List<ClientField> masked) {
        return show(ClientField.LAST_NAME, plain::lastName, PersonName::value, name -> Masks.HIDDEN, masked);
    }

    private @Nullable String email(ClientSummary plain, List<ClientField> masked) {
        return show(ClientField.EMAIL, plain::email, EmailAddress::value, email -> Masks.email(email.value()), masked);
    }

    private @Nullable String phone(ClientSummary plain, List<ClientField> masked) {
        return show(ClientField.PHONE, plain::phone, PhoneNumber::e164, phone -> Masks.phone(phone.e164()), masked);
    }

    /** Where a field is asked for. */
    private interface Source<T> {
        @Nullable
        T value();
    }

    /** Shows a field as the caller sees it; adds it to {@code masked} when that is not the whole of it. */
    private <T, V> @Nullable V show(
            ClientField field, Source<T> source, Function<T, V> whole, Function<T, V> mask, List<ClientField> masked) {
        return switch (sight.of(field)) {
            case WITHHELD -> null;
            case FULL -> {
                T value = source.value();
                yield value == null ? null : whole.apply(value);
            }
            case MASKED -> {
                T value = source.value();
                if (value == null) {
                    yield null;
                }
                masked.add(field);
                yield mask.apply(value);
            }
        };
    }
}
