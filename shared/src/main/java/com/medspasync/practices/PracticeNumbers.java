package com.medspasync.practices;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.tenant.PracticeId;
import org.jspecify.annotations.Nullable;

/** Encrypts and opens the numbers of practices, each for its place. Thread-safe. */
final class PracticeNumbers {

    static final String TAX_ID = "tax_id";
    static final String LICENSE_NUMBER = "license_number";

    private final KeyHierarchy keys;
    private final FieldCipher cipher;

    PracticeNumbers(KeyHierarchy keys, FieldCipher cipher) {
        this.keys = keys;
        this.cipher = cipher;
    }

    byte @Nullable [] sealed(DataKey key, PracticeId practice, String column, @Nullable String number) {
        return number == null ? null : cipher.encrypt(key, context(practice, column), number);
    }

    @Nullable
    String opened(PracticeId practice, String column, byte @Nullable [] sealed) {
        return sealed == null
                ? null
                : cipher.decryptText(
                        keys.purposeKeys(practice, Purpose.PRACTICE_FIELDS), context(practice, column), sealed);
    }

    private static FieldContext context(PracticeId practice, String column) {
        return new FieldContext(practice, "practices", column, practice.value());
    }
}
