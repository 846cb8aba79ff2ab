package com.medspasync.clients;

import com.medspasync.masking.ClientField;

/** The columns of a client that are encrypted under the client's own key. */
enum SealedColumn {
    DATE_OF_BIRTH("date_of_birth", ClientField.DATE_OF_BIRTH),
    SSN("ssn", ClientField.SSN),
    ADDRESS("address", ClientField.ADDRESS),
    EMERGENCY_CONTACT("emergency_contact", ClientField.EMERGENCY_CONTACT),
    MEDICAL_HISTORY("medical_history", ClientField.MEDICAL_HISTORY),
    NOTES("notes", ClientField.NOTES);

    private final String column;
    private final ClientField field;

    SealedColumn(String column, ClientField field) {
        this.column = column;
        this.field = field;
    }

    /** Its name in the database, which ciphertexts are bound to: it never changes. */
    String column() {
        return column;
    }

    /** The field that it keeps. */
    ClientField field() {
        return field;
    }
}
