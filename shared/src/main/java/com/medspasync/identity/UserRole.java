package com.medspasync.identity;

import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A user's role on its way in. */
final class UserRole {

    private UserRole() {}

    /** Reads on: only a role that users of {@code practice} have. */
    static Function<Role, Parsed<Role>> of(PracticeId practice) {
        Set<Role> roles = Role.of(practice);
        return role -> roles.contains(role)
                ? Parsed.valid(role)
                : Parsed.invalid(
                        "choice",
                        "must be one of " + roles.stream().map(Role::name).collect(Collectors.joining(", ")));
    }
}
