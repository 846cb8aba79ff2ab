package com.medspasync.maskedcopy;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.tenant.PracticeId;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** Decrypts dates of birth of a practice's clients. Thread-safe. */
final class BirthDates {

    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final PracticeId practice;

    BirthDates(KeyHierarchy keys, FieldCipher cipher, PracticeId practice) {
        this.keys = keys;
        this.cipher = cipher;
        this.practice = practice;
    }

    /**
     * The date; empty when its key is deleted.
     *
     * @param packed the client's keys, as {@link KeyHierarchy#openClientKeys} takes them
     * @throws com.medspasync.crypto.TamperedCiphertext when it is not the client's
     * @throws com.medspasync.crypto.KeysUnavailable when keys cannot be had at present
     */
    Optional<LocalDate> open(UUID client, byte[] packed, byte[] sealed) {
        FieldContext place = new FieldContext(practice, "clients", "date_of_birth", client);
        try {
            String text = cipher.decryptText(keys.openClientKeys(practice, client, packed), place, sealed);
            return Optional.of(LocalDate.parse(text));
        } catch (UnknownKeyVersion deleted) {
            return Optional.empty();
        }
    }
}
