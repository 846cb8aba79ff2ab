package com.medspasync.functions.http;

import com.medspasync.identity.User;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as the API shows them (schema {@code User} of the contract). What is null is left out.
 *
 * @param etag in lists, where there is no header for it
 */
record UserBody(
        UUID id,
        String email,
        Role role,
        boolean active,
        boolean invited,
        boolean secondFactor,
        @Nullable Instant lastLogin,
        @Nullable Instant lockedUntil,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String etag) {

    static UserBody of(User user) {
        return of(user, null);
    }

    static UserBody inList(User user) {
        return of(user, "\"" + user.version() + "\"");
    }

    private static UserBody of(User user, @Nullable String etag) {
        return new UserBody(
                user.id(),
                user.email().value(),
                user.role(),
                user.active(),
                user.invited(),
                user.secondFactor(),
                user.lastLogin(),
                user.lockedUntil(),
                user.createdAt(),
                user.updatedAt(),
                etag);
    }

    /** Names the record and says nothing of the person. */
    @Override
    public String toString() {
        return "UserBody[" + id + "]";
    }
}
