package com.medspasync.shredding;

import static com.medspasync.clients.Outcomes.created;

import com.medspasync.clients.Clients;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.clients.ShreddedClients;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRunner;
import com.medspasync.job.JobRunner.Progress;
import com.medspasync.job.JobTable;
import com.medspasync.job.JobWatch;
import com.medspasync.rotation.DoomedRotations;
import com.medspasync.shredding.Shredding.Kind;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of the destruction of keys. */
final class ShreddingStatements implements StatementExercise {

    private static final JobQueue NOWHERE = (job, delay) -> {};

    private @Nullable Platform platform;
    private @Nullable PracticeDatabase maintenance;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null || maintenance == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
            maintenance = stage.open(DatabaseRole.MAINTENANCE);
        }
        run(platform, maintenance, platform.practice("shredding" + round));
    }

    private static void run(Platform platform, PracticeDatabase maintenance, PracticeId practice) {
        Clients clients = platform.clients();
        UUID client = created(clients.create(Examples.admin(practice), Examples.jane()))
                .id();
        Shreddings shreddings = new Shreddings(platform.database(), NOWHERE, Duration.ZERO, UUID::randomUUID);
        JobRunner runner = runner(
                maintenance,
                new ShreddingWork(
                        maintenance,
                        List.of(new DoomedRotations(maintenance)),
                        List.of(new ShreddedClients(maintenance), new KeptAnswers(maintenance)),
                        Duration.ZERO));
        UUID ofClient = start(shreddings, Kind.CLIENT, practice, client);
        // Held, found held, let go; given up and resumed.
        runner(maintenance, lease -> {
                    runner.run(ofClient);
                    return new Progress.Unfinished(Duration.ZERO);
                })
                .run(ofClient);
        new JobWatch(maintenance, Map.of(JobTable.KEY_SHREDDINGS, NOWHERE), UUID::randomUUID).announceWaiting();
        runner.giveUp(ofClient);
        shreddings.resume(ShreddingScene.OPERATOR, ofClient);
        runner.run(ofClient);
        UUID ofPractice = start(shreddings, Kind.PRACTICE, practice, null);
        shreddings.confirm(ShreddingScene.OPERATOR, ofPractice, new Confirmation(practice.value()));
        shreddings.cancel(ShreddingScene.OPERATOR, ofPractice);
        runner.run(ofPractice);
        new Certification(maintenance, NOWHERE, UUID::randomUUID).run();
        shreddings.start(
                ShreddingScene.OPERATOR, new ShreddingRequest(Kind.PRACTICE, practice.value(), null, "exercise"));
        shreddings.find(ShreddingScene.OPERATOR, ofPractice);
        shreddings.newest(ShreddingScene.OPERATOR);
    }

    private static JobRunner runner(PracticeDatabase maintenance, JobRunner.Work work) {
        return new JobRunner(maintenance, JobTable.KEY_SHREDDINGS, NOWHERE, work);
    }

    private static UUID start(Shreddings shreddings, Kind kind, PracticeId practice, @Nullable UUID client) {
        return shreddings
                .start(ShreddingScene.OPERATOR, new ShreddingRequest(kind, practice.value(), client, "exercise"))
                .orElseThrow()
                .id();
    }
}
