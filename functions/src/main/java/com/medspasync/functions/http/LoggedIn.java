package com.medspasync.functions.http;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import com.medspasync.tenant.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Who has logged in, and what they may do, as an access token says it. */
record LoggedIn(UUID id, UUID practiceId, Role role, List<Permission> permissions) {

    static LoggedIn of(Caller caller) {
        return new LoggedIn(
                caller.requireUser(),
                caller.practice().value(),
                Objects.requireNonNull(caller.role()),
                Arrays.stream(Permission.values()).filter(caller::may).toList());
    }
}
