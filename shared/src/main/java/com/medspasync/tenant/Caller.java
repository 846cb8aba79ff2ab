package com.medspasync.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a statement runs: the practice it is confined to, and who the audit names.
 *
 * @param user the acting user; null while nobody is logged in, and for work the platform does itself
 * @param role null whenever {@code user} is
 * @param session the login session; null whenever {@code user} is
 * @param purpose what the caller states to need the records for; null when it states nothing
 */
public record Caller(
        PracticeId practice,
        @Nullable UUID user,
        @Nullable Role role,
        @Nullable UUID session,
        Origin origin,
        @Nullable PurposeOfUse purpose) {

    /** A caller who states no purpose. */
    public Caller(
            PracticeId practice, @Nullable UUID user, @Nullable Role role, @Nullable UUID session, Origin origin) {
        this(practice, user, role, session, origin, null);
    }

    /** Nobody yet: what a login, or a request that fails before it is authenticated, runs and is audited as. */
    public static Caller anonymous(Origin origin) {
        return new Caller(PracticeId.PLATFORM, null, null, null, origin);
    }

    /** The platform itself at work for {@code practice}. */
    public static Caller platform(PracticeId practice, Origin origin) {
        return new Caller(practice, null, null, null, origin);
    }

    /** The same caller with {@code stated} as its purpose. */
    public Caller withPurpose(PurposeOfUse stated) {
        return new Caller(practice, user, role, session, origin, stated);
    }

    public boolean may(Permission permission) {
        return role != null && Permissions.allow(role, permission);
    }
}
