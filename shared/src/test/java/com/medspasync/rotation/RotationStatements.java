package com.medspasync.rotation;

import static com.medspasync.clients.Outcomes.created;
import static com.medspasync.clients.Outcomes.updated;

import com.medspasync.appointments.Salon;
import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.Purpose;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobRunner.Progress;
import com.medspasync.job.JobTable;
import com.medspasync.job.JobWatch;
import com.medspasync.message.ChannelDraft;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookUrl;
import com.medspasync.rotation.Rotation.Kind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.token.SigningKeyRenewal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of rotations, and of the features that take part in them. */
final class RotationStatements implements StatementExercise {

    private static final Pace AT_ONCE = new Pace(100, 1_000_000, Duration.ofMinutes(1), Duration.ZERO);

    private @Nullable Platform platform;
    private @Nullable Worker worker;

    @Override
    public void run(Stage stage, int round) {
        Worker working = begin(stage);
        Platform on = platformOn(stage);
        Rotations rotations = new Rotations(on.database(), working, UUID::randomUUID);
        // What the other exercises have on this database is under root keys of their own.
        stage.database().execute("update practice_keys set root_version = 999", "delete from signing_keys");
        PracticeId practice = on.practice("rotation" + round);
        ofClientAndPractice(on, working, rotations, practice);
        ofRoot(stage, working, rotations);
        stage.database().execute("delete from retired_root_keys");
    }

    private static void ofClientAndPractice(Platform on, Worker working, Rotations rotations, PracticeId practice) {
        Caller admin = Examples.admin(practice);
        Clients clients = on.clients();
        UUID client = created(clients.create(admin, Examples.jane())).id();
        updated(clients.update(admin, client, 1, Examples.patch("{\"notes\": \"Evenings.\"}")));
        UUID user = UUID.randomUUID();
        byte[] secret = on.cipher()
                .encrypt(
                        on.keys().purposeKey(practice, Purpose.USER_SECRETS),
                        new FieldContext(practice, "users", "mfa_secret", user),
                        "a secret");
        on.execute("""
                insert into users (practice_id, id, email, email_search, role, mfa_secret)
                values ('%1$s', '%2$s', '%2$s@example.com', '%2$s@example.com', 'STAFF', '\\x%3$s')""".formatted(practice, user, HexFormat.of().formatHex(secret)));
        new PracticeChannels(on.database(), on.keys(), on.cipher(), new SecureRandom())
                .set(admin, new ChannelDraft(new WebhookUrl(URI.create("https://hooks.example.com/in")), false), null);
        complete(working, rotations, new RotationRequest(Kind.CLIENT, practice.value(), client, "exercise"));
        Salon salon = new Salon(on);
        salon.bookWithNotes("Prefers the quiet room.");
        complete(
                working,
                rotations,
                new RotationRequest(Kind.CLIENT, salon.practice().value(), salon.client(), "exercise"));
        // To an even version and to an odd one.
        complete(working, rotations, new RotationRequest(Kind.PRACTICE, practice.value(), null, "exercise"));
        complete(working, rotations, new RotationRequest(Kind.PRACTICE, practice.value(), null, "exercise"));
        rotations.start(Scene.OPERATOR, new RotationRequest(Kind.PRACTICE, UUID.randomUUID(), null, "exercise"));
    }

    private static void ofRoot(Stage stage, Worker working, Rotations rotations) {
        PracticeDatabase maintenance = stage.open(DatabaseRole.MAINTENANCE);
        new SigningKeyRenewal(stage.open(DatabaseRole.OWNER), working.sealedSigningKeys(), Clock.systemUTC()).run();
        RotationRequest request = new RotationRequest(Kind.ROOT, null, null, "exercise");
        UUID root = rotations.start(Scene.OPERATOR, request).orElseThrow().id();
        leaveUnfinished(maintenance, root);
        working.job().giveUp(root);
        rotations.resume(Scene.OPERATOR, root);
        new JobWatch(maintenance, Map.of(JobTable.KEY_ROTATIONS, working), UUID::randomUUID).announceWaiting();
        complete(working, rotations, request);
        rotations.newest(Scene.OPERATOR);
    }

    /** Holds it, finds it held, and lets it go. */
    private static void leaveUnfinished(PracticeDatabase maintenance, UUID rotation) {
        JobQueue nowhere = (job, delay) -> {};
        new JobRunner(maintenance, JobTable.KEY_ROTATIONS, nowhere, lease -> {
                    new JobRunner(maintenance, JobTable.KEY_ROTATIONS, nowhere, held -> new Progress.Finished())
                            .run(rotation);
                    return new Progress.Unfinished(Duration.ZERO);
                })
                .run(rotation);
    }

    private static void complete(Worker working, Rotations rotations, RotationRequest request) {
        Rotation started = rotations.start(Scene.OPERATOR, request).orElseThrow();
        working.work();
        Rotation done = rotations.find(Scene.OPERATOR, started.id()).orElseThrow();
        if (done.status() != Rotation.Status.COMPLETED) {
            throw new IllegalStateException("not completed: " + done);
        }
    }

    private Platform platformOn(Stage stage) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        return platform;
    }

    private Worker begin(Stage stage) {
        if (worker == null) {
            worker = new Worker(platformOn(stage), stage.open(DatabaseRole.MAINTENANCE), AT_ONCE);
        }
        return worker;
    }
}
