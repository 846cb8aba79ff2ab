package com.medspasync.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.Sight;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.time.LocalDate;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Between a client's fields and their ciphertexts. The texts that are encrypted are a stored format. Thread-safe. */
final class ClientCipher {

    private static final JsonMapper JSON = new JsonMapper();

    private final KeyHierarchy keys;
    private final FieldCipher cipher;

    ClientCipher(KeyHierarchy keys, FieldCipher cipher) {
        this.keys = keys;
        this.cipher = cipher;
    }

    /** Encrypts the text of a column; null stays null. */
    byte @Nullable [] seal(PracticeId practice, UUID client, DataKey key, SealedColumn column, @Nullable String text) {
        return text == null ? null : cipher.encrypt(key, context(practice, client, column), text);
    }

    static String textOf(DateOfBirth dateOfBirth) {
        return dateOfBirth.value().toString();
    }

    static String textOf(Address address) {
        return address.toJson().toString();
    }

    static String textOf(EmergencyContact contact) {
        return contact.toJson().toString();
    }

    static @Nullable String text(@Nullable DateOfBirth dateOfBirth) {
        return dateOfBirth == null ? null : textOf(dateOfBirth);
    }

    static @Nullable String text(@Nullable Ssn ssn) {
        return ssn == null ? null : ssn.digits();
    }

    static @Nullable String text(@Nullable Address address) {
        return address == null ? null : textOf(address);
    }

    static @Nullable String text(@Nullable EmergencyContact contact) {
        return contact == null ? null : textOf(contact);
    }

    /**
     * What {@code caller} sees of a row.
     *
     * @throws com.medspasync.crypto.CryptoException when a field that the caller sees cannot be opened: then nothing of the record is
     *     shown
     */
    ClientView view(Caller caller, ClientRow row) {
        return new ClientViews(Sight.of(caller, row.plain().id())).of(row.plain(), fields(caller.practice(), row));
    }

    /** The encrypted fields of a row, each decrypted when it is asked for, which throws when it cannot be. */
    ProtectedFields fields(PracticeId practice, ClientRow row) {
        return new Opener(practice, row);
    }

    /** Decrypts one column's ciphertext, wherever it was kept. */
    String open(PracticeId practice, UUID client, DataKeys clientKeys, SealedColumn column, byte[] sealed) {
        return cipher.decryptText(clientKeys, context(practice, client, column), sealed);
    }

    /** The client's keys, unwrapped as they are needed. */
    DataKeys keys(PracticeId practice, UUID client, WrappedKeys wrapped) {
        return keys.openClientKeys(practice, client, wrapped.packed());
    }

    static DateOfBirth dateOfBirth(String text) {
        return new DateOfBirth(LocalDate.parse(text));
    }

    static Address address(String text) {
        return Address.fromJson(json(text));
    }

    static EmergencyContact emergencyContact(String text) {
        return EmergencyContact.fromJson(json(text));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // Without its message and cause, which quote the text.
            throw new IllegalStateException("a field that was encrypted here is not JSON");
        }
    }

    private static FieldContext context(PracticeId practice, UUID client, SealedColumn column) {
        return new FieldContext(practice, "clients", column.column(), client);
    }

    /** Opens the columns of one row. */
    private final class Opener implements ProtectedFields {

        private final PracticeId practice;
        private final ClientRow row;
        private final DataKeys clientKeys;

        Opener(PracticeId practice, ClientRow row) {
            this.practice = practice;
            this.row = row;
            this.clientKeys = keys(practice, row.plain().id(), row.keys());
        }

        @Override
        public @Nullable DateOfBirth dateOfBirth() {
            return read(SealedColumn.DATE_OF_BIRTH, ClientCipher::dateOfBirth);
        }

        @Override
        public @Nullable Ssn ssn() {
            return read(SealedColumn.SSN, Ssn::new);
        }

        @Override
        public @Nullable Address address() {
            return read(SealedColumn.ADDRESS, ClientCipher::address);
        }

        @Override
        public @Nullable EmergencyContact emergencyContact() {
            return read(SealedColumn.EMERGENCY_CONTACT, ClientCipher::emergencyContact);
        }

        @Override
        public @Nullable String medicalHistory() {
            return read(SealedColumn.MEDICAL_HISTORY, text -> text);
        }

        @Override
        public @Nullable String notes() {
            return read(SealedColumn.NOTES, text -> text);
        }

        private <T> @Nullable T read(SealedColumn column, Function<String, T> reader) {
            byte[] sealed = row.sealed(column);
            return sealed == null
                    ? null
                    : reader.apply(open(practice, row.plain().id(), clientKeys, column, sealed));
        }
    }
}
