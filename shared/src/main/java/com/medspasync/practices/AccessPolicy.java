package com.medspasync.practices;

import com.medspasync.tenant.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a practice asks of its users.
 *
 * @param secondFactorFor the roles that have to have a second factor; of the platform's practice OPERATOR alone is one
 * @param sessionIdleMinutes after which a session ends in which nothing happens, 5 to 60
 * @param sessionHours after which a session ends in any case, 1 to 24
 */
public record AccessPolicy(Set<Role> secondFactorFor, int sessionIdleMinutes, int sessionHours) {

    static final int LEAST_IDLE_MINUTES = 5;
    static final int MOST_IDLE_MINUTES = 60;
    static final int LEAST_HOURS = 1;
    static final int MOST_HOURS = 24;

    public AccessPolicy {
        secondFactorFor = secondFactorFor.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(secondFactorFor));
        if (sessionIdleMinutes < LEAST_IDLE_MINUTES
                || sessionIdleMinutes > MOST_IDLE_MINUTES
                || sessionHours < LEAST_HOURS
                || sessionHours > MOST_HOURS) {
            throw new IllegalArgumentException("sessions idle for 5 to 60 minutes and last 1 to 24 hours");
        }
    }
}
