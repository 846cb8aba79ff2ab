package com.medspasync.clients;

import org.jspecify.annotations.Nullable;

/** The fields of one client that are stored encrypted. Where they are read from a row, each is decrypted when it is asked for. */
interface ProtectedFields {

    @Nullable
    DateOfBirth dateOfBirth();

    @Nullable
    Ssn ssn();

    @Nullable
    Address address();

    @Nullable
    EmergencyContact emergencyContact();

    @Nullable
    String medicalHistory();

    @Nullable
    String notes();
}
