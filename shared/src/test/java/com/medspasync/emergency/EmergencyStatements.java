package com.medspasync.emergency;

import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.emergency.EmergencyAccess.Verdict;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeKind;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Role;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of emergency access. */
final class EmergencyStatements implements StatementExercise {

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        EmergencyScene scene = new EmergencyScene(platform, stage.open(DatabaseRole.APP));
        Caller user = scene.user(Role.STAFF);
        Caller admin = scene.user(Role.ADMIN);
        UUID access = scene.accesses
                .open(user, EmergencyScene.request(scene.client()))
                .orElseThrow()
                .id();
        scene.accesses.list(admin);
        scene.accesses.find(admin, access);
        scene.accesses.disclosed(admin, access);
        scene.accesses.end(user, access);
        scene.accesses.review(admin, access, new EmergencyReview(Verdict.JUSTIFIED, round % 2 == 0 ? null : "seen"));
        new BreakGlassComposer(stage.open(DatabaseRole.MAINTENANCE))
                .compose(
                        new Notice(scene.practice, access, NoticeKind.BREAK_GLASS, access, Instant.EPOCH, 1),
                        Caller.platform(scene.practice, user.origin()));
    }
}
