package com.medspasync.practices;

import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of practices' access policies, and of the platform's own practice. */
final class PracticeStatements implements StatementExercise {

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        stage.database().execute("delete from practice_keys where practice_id = '%s'".formatted(PracticeId.PLATFORM));
        if (!new PlatformPracticeKey(platform.keys()).create(stage.open(DatabaseRole.OWNER))) {
            throw new IllegalStateException("the platform had a key");
        }
        AccessPolicies policies = new AccessPolicies(stage.open(DatabaseRole.APP));
        Caller caller = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        policies.find(caller);
        policies.change(
                caller,
                new AccessPolicyPatch(round % 2 == 0 ? Set.of() : Set.of(Role.OPERATOR), 15, 12),
                round % 3 == 0 ? null : 0);
    }
}
