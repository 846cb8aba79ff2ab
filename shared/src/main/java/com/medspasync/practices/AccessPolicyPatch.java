package com.medspasync.practices;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a practice asks of its users from now on, as {@link AccessPolicy} says it; null for what stays as it is.
 *
 * @param secondFactorFor of one practice's roles
 */
public record AccessPolicyPatch(
        @Nullable Set<Role> secondFactorFor,
        @Nullable Integer sessionIdleMinutes,
        @Nullable Integer sessionHours) {

    /** Reads a merge patch for the policy of {@code practice}. */
    public static Parsed<AccessPolicyPatch> read(Fields in, PracticeId practice) {
        Set<Role> roles = Role.of(practice);
        Set<Role> secondFactorFor = in.choices("secondFactorFor", Role.class)
                .check(roles::containsAll, "choice", "must have none but " + names(roles))
                .changeOnly()
                .valueOrNull();
        Integer idle = in.integer("sessionIdleMinutes", AccessPolicy.LEAST_IDLE_MINUTES, AccessPolicy.MOST_IDLE_MINUTES)
                .changeOnly()
                .valueOrNull();
        Integer hours = in.integer("sessionHours", AccessPolicy.LEAST_HOURS, AccessPolicy.MOST_HOURS)
                .changeOnly()
                .valueOrNull();
        return in.finish(() -> new AccessPolicyPatch(secondFactorFor, idle, hours));
    }

    private static String names(Set<Role> roles) {
        return roles.stream().map(Role::name).collect(Collectors.joining(", "));
    }
}
