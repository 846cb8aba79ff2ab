package com.medspasync.tenant;

import java.util.Optional;

/**
 * What a caller needs a record for, where its role alone is not reason enough to see all of it. A closed list, each with its code in
 * the value set PurposeOfUse of HL7 version 3 (2.16.840.1.113883.1.11.20448, of code system ActReason).
 */
public enum PurposeOfUse {
    /** To treat the client: {@code TREAT}. */
    TREATMENT,
    /** To be paid for it: {@code HPAYMT}. */
    PAYMENT,
    /** To run the practice: {@code HOPERAT}. */
    OPERATIONS,
    /** Because the client asks for it: {@code PATRQT}. */
    PATIENT_REQUEST,
    /** Because the law asks for it: {@code HLEGAL}. */
    LEGAL,
    /** To treat the client in an emergency: {@code ETREAT}. */
    EMERGENCY;

    /** The purpose of exactly this name. */
    public static Optional<PurposeOfUse> parse(String name) {
        for (PurposeOfUse purpose : values()) {
            if (purpose.name().equals(name)) {
                return Optional.of(purpose);
            }
        }
        return Optional.empty();
    }
}
