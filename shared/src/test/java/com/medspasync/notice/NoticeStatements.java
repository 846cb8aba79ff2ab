package com.medspasync.notice;

import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.database.DatabaseRole;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Stage;
import com.medspasync.database.StatementExercise;
import com.medspasync.job.JobQueue;
import com.medspasync.message.ChannelDraft;
import com.medspasync.message.MessageChannel.Delivery;
import com.medspasync.message.MessageChannels;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.WebhookUrl;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The statements of notices and of practices' channels. */
final class NoticeStatements implements StatementExercise {

    private static final JobQueue NOWHERE = (id, delay) -> {};
    private static final Composition NOTHING_MUCH = new Composition.Composed(null, Map.of());

    private @Nullable Platform platform;

    @Override
    public void run(Stage stage, int round) {
        if (platform == null) {
            platform = Platform.on(stage.database(), stage.settings(DatabaseRole.APP));
        }
        PracticeId practice = platform.practice("notices" + round);
        channels(platform, Examples.admin(practice), round);
        notices(stage, platform, practice);
    }

    private static void channels(Platform platform, Caller admin, int round) {
        PracticeChannels channels =
                new PracticeChannels(platform.database(), platform.keys(), platform.cipher(), new SecureRandom());
        WebhookUrl url = new WebhookUrl(URI.create("https://hooks.example.com/in"));
        channels.set(admin, new ChannelDraft(url, false), null);
        channels.set(admin, new ChannelDraft(url, round % 2 == 0), 1);
        channels.find(admin);
        new MessageChannels(channels, null, Clock.systemUTC()).of(admin);
        channels.delete(admin, 2);
    }

    private static void notices(Stage stage, Platform platform, PracticeId practice) {
        PracticeDatabase maintenance = stage.open(DatabaseRole.MAINTENANCE);
        PracticeChannels own =
                new PracticeChannels(maintenance, platform.keys(), platform.cipher(), new SecureRandom());
        delivery(maintenance, own, new Delivery.Delivered()).run(notice(stage, practice));
        delivery(maintenance, own, new Delivery.Refused("exercise")).run(notice(stage, practice));
        UUID failing = notice(stage, practice);
        NoticeDelivery failingDelivery = delivery(maintenance, own, new Delivery.Failed("exercise"));
        try {
            failingDelivery.run(failing);
            throw new AssertionError("it fails");
        } catch (NoticeDelivery.NotDelivered expected) {
            failingDelivery.giveUp(failing);
        }
        new NoticeWatch(maintenance, NOWHERE, UUID::randomUUID).announceWaiting();
    }

    private static NoticeDelivery delivery(PracticeDatabase maintenance, PracticeChannels own, Delivery delivery) {
        return new NoticeDelivery(
                maintenance,
                new MessageChannels(own, message -> delivery, Clock.systemUTC()),
                Map.of(NoticeKind.BREAK_GLASS, (composed, caller) -> NOTHING_MUCH));
    }

    private static UUID notice(Stage stage, PracticeId practice) {
        UUID notice = UUID.randomUUID();
        stage.database()
                .execute(
                        "insert into notices (practice_id, id, kind, subject_id) values ('%s', '%s', 'BREAK_GLASS', '%s')"
                                .formatted(practice, notice, UUID.randomUUID()));
        return notice;
    }
}
