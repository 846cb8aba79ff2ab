package com.medspasync.identity;

import com.medspasync.contact.EmailAddress;
import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can log in, or could.
 *
 * @param active whether they may
 * @param invited whether they have yet to choose a password
 * @param secondFactor whether they have an authenticator
 * @param lockedUntil null unless too many wrong passwords or codes were given lately
 * @param version rises with each change
 */
public record User(
        UUID id,
        EmailAddress email,
        Role role,
        boolean active,
        boolean invited,
        boolean secondFactor,
        @Nullable Instant lastLogin,
        @Nullable Instant lockedUntil,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    /** What a query selects of users for {@link #of}. */
    static final String COLUMNS = """
            id, email, role, active, password is null as invited, mfa_enabled, last_login,
              case when locked_until > now() then locked_until end as locked_until, version, created_at, updated_at""";

    static User of(PracticeId practice, Row row) {
        return new User(
                row.uuid("id"),
                new EmailAddress(row.text("email")),
                Role.of(practice, row.text("role")),
                row.bool("active"),
                row.bool("invited"),
                row.bool("mfa_enabled"),
                row.instantOrNull("last_login"),
                row.instantOrNull("locked_until"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** Without the address, which is a person's. */
    @Override
    public String toString() {
        return "User[" + id + ", " + role + "]";
    }
}
