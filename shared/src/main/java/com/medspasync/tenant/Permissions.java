package com.medspasync.tenant;

import static com.medspasync.tenant.Permission.CLIENT_DELETE;
import static com.medspasync.tenant.Permission.CLIENT_HISTORY;
import static com.medspasync.tenant.Permission.CLIENT_READ;
import static com.medspasync.tenant.Permission.CLIENT_RESTORE;
import static com.medspasync.tenant.Permission.CLIENT_WRITE;
import static com.medspasync.tenant.Permission.KEY_ROTATE;
import static com.medspasync.tenant.Permission.KEY_SHRED;
import static com.medspasync.tenant.Permission.MASKED_COPY;
import static com.medspasync.tenant.Permission.MESSAGE_CHANNEL;

import java.util.EnumSet;
import java.util.Set;

/** The table of permissions by role: the only place where a role means anything. What is not listed is denied. */
public final class Permissions {

    private Permissions() {}

    /** Whether {@code role} may do {@code permission}. */
    public static boolean allow(Role role, Permission permission) {
        return of(role).contains(permission);
    }

    private static Set<Permission> of(Role role) {
        return switch (role) {
            case ADMIN ->
                EnumSet.of(CLIENT_READ, CLIENT_WRITE, CLIENT_DELETE, CLIENT_RESTORE, CLIENT_HISTORY, MESSAGE_CHANNEL);
            case MANAGER -> EnumSet.of(CLIENT_READ, CLIENT_WRITE, CLIENT_DELETE, CLIENT_RESTORE, CLIENT_HISTORY);
            case PRACTITIONER -> EnumSet.of(CLIENT_READ, CLIENT_WRITE, CLIENT_HISTORY);
            case STAFF -> EnumSet.of(CLIENT_READ, CLIENT_WRITE);
            case OPERATOR -> EnumSet.of(KEY_ROTATE, KEY_SHRED, MASKED_COPY);
        };
    }
}
