package com.medspasync.tenant;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a statement runs: the practice it is confined to, and who the audit names.
 *
 * @param user the acting user; null while nobody is logged in, and for work the platform does itself
 * @param role null whenever {@code user} is
 * @param session the login session, without which every statement is refused; null whenever {@code user} is, and for what a user does
 *     before there is one
 * @param purpose what the caller states to need the records for; null when it states nothing
 * @param emergency the leave to see more than the role does that the caller makes use of; null mostly
 */
public record Caller(
        PracticeId practice,
        @Nullable UUID user,
        @Nullable Role role,
        @Nullable UUID session,
        Origin origin,
        @Nullable PurposeOfUse purpose,
        @Nullable Emergency emergency) {

    /** A caller who states no purpose. */
    public Caller(
            PracticeId practice, @Nullable UUID user, @Nullable Role role, @Nullable UUID session, Origin origin) {
        this(practice, user, role, session, origin, null, null);
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
        return new Caller(practice, user, role, session, origin, stated, emergency);
    }

    /** The same caller, who makes use of {@code leave}. */
    public Caller in(Emergency leave) {
        return new Caller(practice, user, role, session, origin, purpose, leave);
    }

    /** The same operator at work for {@code other}. */
    public Caller actingIn(PracticeId other) {
        if (role != Role.OPERATOR) {
            throw new IllegalStateException("only operators act in other practices than their own");
        }
        return new Caller(other, user, role, session, origin, purpose, emergency);
    }

    /** The practice that the user and the session belong to: an operator's is the platform's, whichever it acts in. */
    public PracticeId home() {
        return role == Role.OPERATOR ? PracticeId.PLATFORM : practice;
    }

    /** The acting user, where an operation is for those alone who are logged in. */
    public UUID requireUser() {
        if (user == null) {
            throw new IllegalStateException("nobody is logged in");
        }
        return user;
    }

    public boolean may(Permission permission) {
        return role != null && Permissions.allow(role, permission);
    }
}
