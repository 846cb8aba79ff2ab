package com.medspasync.masking;

import static com.medspasync.masking.Visibility.FULL;
import static com.medspasync.masking.Visibility.MASKED;
import static com.medspasync.masking.Visibility.WITHHELD;

import com.medspasync.tenant.Role;
import org.jspecify.annotations.Nullable;

/**
 * The table of what each role sees of a client: the least it needs for its work (the minimum necessary standard, 45 CFR 164.502(b) and
 * 164.514(d)(2), which asks for exactly this: persons or classes of persons, and the information each needs). {@code docs/security.md}
 * has the reasons. The switches have no default, so that a new field does not compile before each role's share of it is decided.
 */
public final class Visibilities {

    private Visibilities() {}

    /** How much of {@code field} {@code role} sees; nobody's role sees nothing. */
    public static Visibility of(@Nullable Role role, ClientField field) {
        if (role == null) {
            return WITHHELD;
        }
        return switch (role) {
            case ADMIN -> admin(field);
            case MANAGER -> manager(field);
            case PRACTITIONER -> practitioner(field);
            case STAFF -> staff(field);
            case OPERATOR -> WITHHELD;
        };
    }

    /** Whether a field is shown to every role in an emergency: all that may help the client or reach somebody for them. */
    static boolean mattersInEmergency(ClientField field) {
        return switch (field) {
            case FIRST_NAME,
                    LAST_NAME,
                    EMAIL,
                    PHONE,
                    DATE_OF_BIRTH,
                    ADDRESS,
                    EMERGENCY_CONTACT,
                    MEDICAL_HISTORY,
                    NOTES -> true;
            case SSN -> false;
        };
    }

    private static Visibility admin(ClientField field) {
        return switch (field) {
            case FIRST_NAME,
                    LAST_NAME,
                    EMAIL,
                    PHONE,
                    DATE_OF_BIRTH,
                    ADDRESS,
                    EMERGENCY_CONTACT,
                    MEDICAL_HISTORY,
                    NOTES -> FULL;
            case SSN -> MASKED;
        };
    }

    private static Visibility manager(ClientField field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME, EMAIL, PHONE, DATE_OF_BIRTH, ADDRESS, EMERGENCY_CONTACT -> FULL;
            case SSN -> MASKED;
            case MEDICAL_HISTORY, NOTES -> WITHHELD;
        };
    }

    private static Visibility practitioner(ClientField field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME, EMAIL, PHONE, DATE_OF_BIRTH, EMERGENCY_CONTACT, MEDICAL_HISTORY, NOTES -> FULL;
            case ADDRESS -> MASKED;
            case SSN -> WITHHELD;
        };
    }

    private static Visibility staff(ClientField field) {
        return switch (field) {
            case FIRST_NAME, LAST_NAME, EMAIL, PHONE -> FULL;
            case DATE_OF_BIRTH, SSN, ADDRESS, EMERGENCY_CONTACT -> MASKED;
            case MEDICAL_HISTORY, NOTES -> WITHHELD;
        };
    }
}
