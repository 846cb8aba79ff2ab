package com.medspasync.identity;

import static com.medspasync.database.DatabaseRole.APP;
import static com.medspasync.database.DatabaseRole.MAINTENANCE;
import static com.medspasync.identity.Examples.email;
import static com.medspasync.identity.Examples.origin;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Platform;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.notice.Notice;
import com.medspasync.notice.NoticeKind;
import com.medspasync.notice.Notices;
import com.medspasync.repository.Cursors;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import com.medspasync.tenant.Role;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements by which users are managed. */
final class UserStatements implements StatementExercise {

    private final SecureRandom random = new SecureRandom();
    private final Notices notices =
            new Notices((id, delay) -> {}, Generators.timeBasedEpochRandomGenerator()::generate);

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(APP));
        }
        PracticeId practice = platform.practice("Users" + round);
        PracticeDatabase app = stage.open(APP);
        Caller admin = Caller.platform(practice, origin());
        UUID user = invited(app, admin, round);
        list(app, admin, platform.newKeys(), round);
        new UserChanges(app).change(admin, user, 1, new UserPatch(round % 2 == 0 ? Role.MANAGER : null, true));
        UserRescue rescue = new UserRescue(app);
        rescue.unlock(admin, user);
        rescue.resetSecondFactor(admin, user);
        PasswordResets resets = new PasswordResets(app, notices, Examples.LIMITS.network());
        resets.askFor(admin, user);
        resets.ask(email(round % 2 == 0 ? address(round) : "nobody@stage.example"), origin());
        told(stage.open(MAINTENANCE), practice, user);
    }

    private UUID invited(PracticeDatabase app, Caller admin, int round) {
        Invitations invitations = new Invitations(app, notices);
        Invitation invitation =
                invitations.invite(admin, new Invitations.Guest(email(address(round)), Role.PRACTITIONER));
        if (!(invitation instanceof Invitation.Invited(User user))) {
            throw new IllegalStateException("not invited: " + invitation);
        }
        invitations.again(admin, user.id());
        return user.id();
    }

    private static void list(PracticeDatabase app, Caller admin, KeyHierarchy keys, int round) {
        Cursors cursors = new Cursors(keys, new Envelope(new SecureRandom()));
        UserDirectory directory = new UserDirectory(app, cursors);
        directory.find(admin, UUID.randomUUID());
        for (UserOrder order : UserOrder.values()) {
            Role role = round % 2 == 0 ? Role.PRACTITIONER : null;
            UserFilter first = new UserFilter(role, round % 3 == 0 ? true : null, order, 10, null);
            directory.list(admin, first);
            String key = order.column().equals("created_at") ? Instant.EPOCH.toString() : "a";
            String cursor = cursors.seal(
                    admin.practice(),
                    first.question(),
                    List.of(key, UUID.randomUUID().toString()));
            directory.list(admin, new UserFilter(role, first.active(), order, 10, cursor));
        }
    }

    private void told(PracticeDatabase maintenance, PracticeId practice, UUID user) {
        Caller caller = Caller.platform(practice, origin());
        for (NoticeKind kind : Set.of(NoticeKind.INVITATION, NoticeKind.PASSWORD_RESET)) {
            TokenNotice composer = kind == NoticeKind.INVITATION
                    ? TokenNotice.invitation(maintenance, random)
                    : TokenNotice.passwordReset(maintenance, random);
            composer.compose(new Notice(practice, UUID.randomUUID(), kind, user, Instant.now(), 1), caller);
        }
    }

    private static String address(int round) {
        return "managed" + round + "@stage.example";
    }
}
