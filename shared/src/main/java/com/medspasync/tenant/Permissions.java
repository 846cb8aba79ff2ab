package com.medspasync.tenant;

import static com.medspasync.tenant.Permission.ACCESS_POLICY;
import static com.medspasync.tenant.Permission.APPOINTMENT_DELETE;
import static com.medspasync.tenant.Permission.APPOINTMENT_HISTORY;
import static com.medspasync.tenant.Permission.APPOINTMENT_OVERRIDE;
import static com.medspasync.tenant.Permission.APPOINTMENT_READ;
import static com.medspasync.tenant.Permission.APPOINTMENT_RESTORE;
import static com.medspasync.tenant.Permission.APPOINTMENT_WRITE;
import static com.medspasync.tenant.Permission.CLIENT_DELETE;
import static com.medspasync.tenant.Permission.CLIENT_HISTORY;
import static com.medspasync.tenant.Permission.CLIENT_READ;
import static com.medspasync.tenant.Permission.CLIENT_RESTORE;
import static com.medspasync.tenant.Permission.CLIENT_WRITE;
import static com.medspasync.tenant.Permission.EMERGENCY;
import static com.medspasync.tenant.Permission.EMERGENCY_REVIEW;
import static com.medspasync.tenant.Permission.KEY_ROTATE;
import static com.medspasync.tenant.Permission.KEY_SHRED;
import static com.medspasync.tenant.Permission.MASKED_COPY;
import static com.medspasync.tenant.Permission.MESSAGE_CHANNEL;
import static com.medspasync.tenant.Permission.PAYMENT_WRITE;
import static com.medspasync.tenant.Permission.PRACTICE_ADMIT;
import static com.medspasync.tenant.Permission.PRACTICE_READ;
import static com.medspasync.tenant.Permission.PRACTICE_WRITE;
import static com.medspasync.tenant.Permission.REPORT_READ;
import static com.medspasync.tenant.Permission.SERVICE_READ;
import static com.medspasync.tenant.Permission.SERVICE_WRITE;
import static com.medspasync.tenant.Permission.STAFF_READ;
import static com.medspasync.tenant.Permission.STAFF_WRITE;
import static com.medspasync.tenant.Permission.USER_READ;
import static com.medspasync.tenant.Permission.USER_WRITE;

import java.util.EnumSet;
import java.util.Set;

/** The table of permissions by role: the only place where a role means anything. What is not listed is denied. */
public final class Permissions {

    private Permissions() {}

    /** Whether {@code role} may do {@code permission}. */
    public static boolean allow(Role role, Permission permission) {
        return of(role).contains(permission);
    }

    /**
     * Whether a change by this permission asks for a proof of who the caller is that is a few minutes old at most: it cannot be undone, or lets
     * others in, or carries records away.
     */
    public static boolean needsFreshProof(Permission permission) {
        return switch (permission) {
            case CLIENT_READ,
                    CLIENT_WRITE,
                    CLIENT_DELETE,
                    CLIENT_RESTORE,
                    CLIENT_HISTORY,
                    PRACTICE_READ,
                    PRACTICE_WRITE,
                    SERVICE_READ,
                    SERVICE_WRITE,
                    STAFF_READ,
                    STAFF_WRITE,
                    APPOINTMENT_READ,
                    APPOINTMENT_WRITE,
                    APPOINTMENT_OVERRIDE,
                    APPOINTMENT_DELETE,
                    APPOINTMENT_RESTORE,
                    APPOINTMENT_HISTORY,
                    PAYMENT_WRITE,
                    REPORT_READ,
                    USER_READ -> false;
            case KEY_ROTATE,
                    KEY_SHRED,
                    MASKED_COPY,
                    PRACTICE_ADMIT,
                    USER_WRITE,
                    ACCESS_POLICY,
                    MESSAGE_CHANNEL,
                    EMERGENCY,
                    EMERGENCY_REVIEW -> true;
        };
    }

    /** Whether operators may make use of it in a practice that they name: none that shows them a client. */
    public static boolean reachesPractices(Permission permission) {
        return switch (permission) {
            case USER_READ, USER_WRITE, ACCESS_POLICY, PRACTICE_READ, PRACTICE_WRITE -> true;
            case CLIENT_READ,
                    CLIENT_WRITE,
                    CLIENT_DELETE,
                    CLIENT_RESTORE,
                    CLIENT_HISTORY,
                    PRACTICE_ADMIT,
                    SERVICE_READ,
                    SERVICE_WRITE,
                    STAFF_READ,
                    STAFF_WRITE,
                    APPOINTMENT_READ,
                    APPOINTMENT_WRITE,
                    APPOINTMENT_OVERRIDE,
                    APPOINTMENT_DELETE,
                    APPOINTMENT_RESTORE,
                    APPOINTMENT_HISTORY,
                    PAYMENT_WRITE,
                    REPORT_READ,
                    EMERGENCY,
                    EMERGENCY_REVIEW,
                    MESSAGE_CHANNEL,
                    KEY_ROTATE,
                    KEY_SHRED,
                    MASKED_COPY -> false;
        };
    }

    private static Set<Permission> of(Role role) {
        return switch (role) {
            case ADMIN ->
                EnumSet.of(
                        CLIENT_READ,
                        CLIENT_WRITE,
                        CLIENT_DELETE,
                        CLIENT_RESTORE,
                        CLIENT_HISTORY,
                        PRACTICE_READ,
                        PRACTICE_WRITE,
                        SERVICE_READ,
                        SERVICE_WRITE,
                        STAFF_READ,
                        STAFF_WRITE,
                        APPOINTMENT_READ,
                        APPOINTMENT_WRITE,
                        APPOINTMENT_OVERRIDE,
                        APPOINTMENT_DELETE,
                        APPOINTMENT_RESTORE,
                        APPOINTMENT_HISTORY,
                        PAYMENT_WRITE,
                        REPORT_READ,
                        USER_READ,
                        USER_WRITE,
                        ACCESS_POLICY,
                        MESSAGE_CHANNEL,
                        EMERGENCY,
                        EMERGENCY_REVIEW);
            case MANAGER ->
                EnumSet.of(
                        CLIENT_READ,
                        CLIENT_WRITE,
                        CLIENT_DELETE,
                        CLIENT_RESTORE,
                        CLIENT_HISTORY,
                        PRACTICE_READ,
                        SERVICE_READ,
                        SERVICE_WRITE,
                        STAFF_READ,
                        STAFF_WRITE,
                        APPOINTMENT_READ,
                        APPOINTMENT_WRITE,
                        APPOINTMENT_OVERRIDE,
                        APPOINTMENT_DELETE,
                        APPOINTMENT_RESTORE,
                        APPOINTMENT_HISTORY,
                        PAYMENT_WRITE,
                        REPORT_READ,
                        USER_READ,
                        EMERGENCY);
            case PRACTITIONER ->
                EnumSet.of(
                        CLIENT_READ,
                        CLIENT_WRITE,
                        CLIENT_HISTORY,
                        PRACTICE_READ,
                        SERVICE_READ,
                        STAFF_READ,
                        APPOINTMENT_READ,
                        APPOINTMENT_WRITE,
                        APPOINTMENT_HISTORY,
                        EMERGENCY);
            case STAFF ->
                EnumSet.of(
                        CLIENT_READ,
                        CLIENT_WRITE,
                        PRACTICE_READ,
                        SERVICE_READ,
                        STAFF_READ,
                        APPOINTMENT_READ,
                        APPOINTMENT_WRITE,
                        PAYMENT_WRITE,
                        EMERGENCY);
            case OPERATOR ->
                EnumSet.of(
                        KEY_ROTATE,
                        KEY_SHRED,
                        MASKED_COPY,
                        PRACTICE_ADMIT,
                        PRACTICE_READ,
                        PRACTICE_WRITE,
                        USER_READ,
                        USER_WRITE,
                        ACCESS_POLICY);
        };
    }
}
