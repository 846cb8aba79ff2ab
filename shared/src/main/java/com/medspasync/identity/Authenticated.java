package com.medspasync.identity;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.UUID;

/**
 * A user whose login was proved: what an access token says.
 *
 * @param practice the practice the user belongs to; {@link PracticeId#PLATFORM} exactly when the role is {@link Role#OPERATOR}
 * @param session the login this came from
 */
public record Authenticated(PracticeId practice, UUID user, Role role, UUID session) {

    public Authenticated {
        if (practice.isPlatform() != (role == Role.OPERATOR)) {
            throw new IllegalArgumentException("operators, and only they, belong to the platform practice");
        }
    }

    /** This user at work, in a request that came from {@code origin}. */
    public Caller caller(Origin origin) {
        return new Caller(practice, user, role, session, origin);
    }
}
