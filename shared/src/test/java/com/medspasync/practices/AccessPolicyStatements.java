package com.medspasync.practices;

import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Set;
import java.util.UUID;

/** The statements of practices' access policies. */
final class AccessPolicyStatements implements StatementExercise {

    @Override
    public void run(Stage stage, int round) {
        AccessPolicies policies = new AccessPolicies(stage.open(DatabaseRole.APP));
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        policies.find(platform);
        policies.change(
                platform,
                new AccessPolicy(round % 2 == 0 ? Set.of() : Set.of(Role.OPERATOR), 15, 12),
                round % 3 == 0 ? null : 0);
    }
}
