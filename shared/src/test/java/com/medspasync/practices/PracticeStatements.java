package com.medspasync.practices;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.identity.PracticeClosing;
import com.medspasync.input.Change;
import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.time.ZoneId;
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
        admitted(platform, round);
    }

    private static void admitted(Platform platform, int round) {
        PracticeDatabase database = platform.database();
        Caller operator = Examples.operator();
        Admissions admissions = new Admissions(
                database,
                platform.keys(),
                platform.cipher(),
                new Practices(database, platform.keys(), platform.cipher()),
                platform.pages());
        PracticeId id = new PracticeId(UUID.randomUUID());
        NewPractice wish = new NewPractice(
                id, "Stage " + round, null, null, null, ZoneId.of("UTC"), round % 2 == 0 ? "1" : null, null);
        admissions.admit(operator, wish);
        admissions.admit(operator, wish);
        String next = admissions.list(operator, 1, null) instanceof Listing.Page<Admitted>(var items, String after)
                ? after
                : null;
        admissions.list(operator, 1, next);
        PracticeSettings settings = new PracticeSettings(database, platform.keys(), platform.cipher());
        Caller admin = Examples.admin(id);
        settings.find(admin, id.value());
        settings.update(
                admin,
                id.value(),
                1,
                new PracticePatch(
                        null,
                        new Change.Clear<>(),
                        new Change.Keep<>(),
                        new Change.Keep<>(),
                        round % 2 == 0 ? new Change.Set<>("2") : new Change.Keep<>(),
                        new Change.Clear<>(),
                        round % 2 == 0 ? null : ZoneId.of("Europe/Berlin"),
                        new Change.Clear<>(),
                        5 + round,
                        null,
                        new Change.Set<>(24)));
        new PracticeClosing(database).close(operator, id.value(), 2);
        admissions.restore(operator, id.value());
    }
}
