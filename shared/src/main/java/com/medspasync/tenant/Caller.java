package com.medspasync.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a statement runs: the practice it is confined to, and who the audit names.
 *
 * @param user the acting user; null while nobody is logged in, and for work the platform does itself
 * @param role null whenever {@code user} is
 * @param session the login session; null whenever {@code user} is
 */
public record Caller(
        PracticeId practice,
        @Nullable UUID user,
        @Nullable Role role,
        @Nullable UUID session,
        Origin origin) {

    /** Nobody yet: what a login, or a request that fails before it is authenticated, runs and is audited as. */
    public static Caller anonymous(Origin origin) {
        return new Caller(PracticeId.PLATFORM, null, null, null, origin);
    }

    /** The platform itself at work for {@code practice}. */
    public static Caller platform(PracticeId practice, Origin origin) {
        return new Caller(practice, null, null, null, origin);
    }

    public boolean may(Permission permission) {
        return role != null && Permissions.allow(role, permission);
    }
}
