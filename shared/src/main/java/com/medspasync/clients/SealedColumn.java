package com.medspasync.clients;

/** The columns of a client that are encrypted under the client's own key. */
enum SealedColumn {
    DATE_OF_BIRTH("date_of_birth"),
    SSN("ssn"),
    ADDRESS("address"),
    EMERGENCY_CONTACT("emergency_contact"),
    MEDICAL_HISTORY("medical_history"),
    NOTES("notes");

    private final String column;

    SealedColumn(String column) {
        this.column = column;
    }

    /** Its name in the database, which ciphertexts are bound to: it never changes. */
    String column() {
        return column;
    }
}
