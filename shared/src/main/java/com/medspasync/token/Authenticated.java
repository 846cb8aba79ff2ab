package com.medspasync.token;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user whose login was proved: what an access token says.
 *
 * @param practice the practice the user belongs to; {@link PracticeId#PLATFORM} exactly when the role is {@link Role#OPERATOR}
 * @param session the login this came from
 * @param proof how the user was last proved to be who they are
 * @param enrolmentOnly whether all the user may do is set up the second factor that the practice asks of the role
 * @param emergency the leave that this token is for, if it is for one
 */
public record Authenticated(
        PracticeId practice,
        UUID user,
        Role role,
        UUID session,
        Proof proof,
        boolean enrolmentOnly,
        @Nullable Emergency emergency) {

    /**
     * How and when.
     *
     * @param at in whole seconds, as tokens say it
     */
    public record Proof(Instant at, boolean secondFactor) {
        public Proof {
            at = at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    public Authenticated {
        if (practice.isPlatform() != (role == Role.OPERATOR)) {
            throw new IllegalArgumentException("operators, and only they, belong to the platform practice");
        }
    }

    /** Who is at work as {@code caller}, in a session, and was proved again. What the caller was kept to is for the one who asks to keep. */
    public static Authenticated of(Caller caller, Proof proof, boolean enrolmentOnly) {
        return new Authenticated(
                caller.home(),
                Objects.requireNonNull(caller.user()),
                Objects.requireNonNull(caller.role()),
                Objects.requireNonNull(caller.session()),
                proof,
                enrolmentOnly,
                null);
    }

    /** The same user, in an emergency. */
    public Authenticated in(Emergency leave) {
        return new Authenticated(practice, user, role, session, proof, enrolmentOnly, leave);
    }

    /** This user at work, in a request that came from {@code origin}. */
    public Caller caller(Origin origin) {
        return new Caller(practice, user, role, session, origin, null, emergency);
    }
}
