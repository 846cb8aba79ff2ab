package com.medspasync.masking;

import java.util.EnumSet;
import java.util.Set;

/** The fields of a client that say something of the person. What is left says something of the record, and every caller sees it. */
public enum ClientField {
    FIRST_NAME("firstName"),
    LAST_NAME("lastName"),
    EMAIL("email"),
    PHONE("phone"),
    DATE_OF_BIRTH("dateOfBirth"),
    SSN("ssn"),
    ADDRESS("address"),
    EMERGENCY_CONTACT("emergencyContact"),
    MEDICAL_HISTORY("medicalHistory"),
    NOTES("notes");

    private final String text;

    ClientField(String text) {
        this.text = text;
    }

    /** All of them: a whole record. */
    public static Set<ClientField> all() {
        return EnumSet.allOf(ClientField.class);
    }

    /** Those that lists and searches show. */
    public static Set<ClientField> listed() {
        return EnumSet.of(FIRST_NAME, LAST_NAME, EMAIL, PHONE);
    }

    /** Its name in the API. */
    public String text() {
        return text;
    }
}
