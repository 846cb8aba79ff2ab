package com.medspasync.tenant;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What a user is in the practice. The first four are stored with the user; {@link #OPERATOR} is a user of the platform practice. */
public enum Role {
    /** Runs the practice: everything in it, its users included. */
    ADMIN,
    /** Runs the front desk and the books. */
    MANAGER,
    /** Treats clients: reads and writes clinical records. */
    PRACTITIONER,
    /** Books and checks in: works with clients' contact details. */
    STAFF,
    /** Operates the platform: belongs to no practice and sees no practice's records. */
    OPERATOR;

    /** The roles that users of {@code practice} have; in their order, unmodifiable. */
    public static Set<Role> of(PracticeId practice) {
        return Collections.unmodifiableSet(
                practice.isPlatform() ? EnumSet.of(OPERATOR) : EnumSet.complementOf(EnumSet.of(OPERATOR)));
    }

    /** The role that a user of {@code practice} has of whom {@code stored} is: operators are operators by their practice. */
    public static Role of(PracticeId practice, String stored) {
        return practice.isPlatform() ? OPERATOR : valueOf(stored);
    }

    /** As it is stored with the user; there are only the roles that practices have. */
    public String stored() {
        return (this == OPERATOR ? ADMIN : this).name();
    }
}
