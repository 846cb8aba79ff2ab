package com.medspasync.identity;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of a user.
 *
 * @param role null to keep it
 * @param active whether they may log in; null to leave that
 */
public record UserPatch(@Nullable Role role, @Nullable Boolean active) {

    /** Reads a merge patch for a user of {@code practice}. */
    public static Parsed<UserPatch> read(Fields in, PracticeId practice) {
        Role role = in.choice("role", Role.class)
                .then(UserRole.of(practice))
                .changeOnly()
                .valueOrNull();
        Boolean active = in.flag("active").changeOnly().valueOrNull();
        return in.finish(() -> new UserPatch(role, active));
    }

    /** Whether an administrator of whom this becomes true is none any more. */
    boolean removesAdmin() {
        boolean demotes = role != null && role != Role.ADMIN && role != Role.OPERATOR;
        return demotes || Boolean.FALSE.equals(active);
    }
}
