package com.medspasync.notice;

import com.fasterxml.uuid.Generators;
import com.medspasync.clients.Examples;
import com.medspasync.clients.Platform;
import com.medspasync.contact.EmailAddress;
import com.medspasync.database.EmbeddedDatabase;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.MessageChannels;
import com.medspasync.message.PracticeChannels;
import com.medspasync.message.Recipient;
import com.medspasync.message.WebhookChannel;
import com.medspasync.message.WebhookReceiver;
import com.medspasync.message.WebhookSecret;
import com.medspasync.notice.NoticeComposer.Composition;
import com.medspasync.notice.NoticeComposer.Composition.Composed;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A platform with a practice, somebody who receives its messages, and a feature that invites users. */
final class NoticeScene implements AutoCloseable {

    /** How a feature tells: the user and the notice are written by one statement. */
    private static final Sql INVITE = Sql.of("""
            with created as (
              insert into users (practice_id, id, email, email_search)
              values (:practice::uuid, :id::uuid, :email, :email)
              on conflict (email_search) where deleted_at is null do nothing
              returning id),
            %s
            select id from created""".formatted(Notices.written(NoticeKind.INVITATION, "created", "id")));

    static final String EMAIL = "ada.okafor@example.com";

    final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    final Platform platform = Platform.on(database);
    final PracticeDatabase maintenance = database.open(EmbeddedDatabase.MAINTENANCE);
    final WebhookReceiver receiver = WebhookReceiver.start(message -> {});
    final PracticeId practice = platform.practice("glow");
    final Caller admin = Examples.admin(practice);

    /** The ids that were put into the queue. */
    final List<UUID> queued = new CopyOnWriteArrayList<>();

    /** The tokens that were made, one for each attempt. */
    final List<String> tokens = new CopyOnWriteArrayList<>();

    final JobQueue queue = (id, delay) -> queued.add(id);
    final Notices notices = notices(queue);
    final NoticeWatch watch = new NoticeWatch(maintenance, queue, UUID::randomUUID);
    final NoticeDelivery delivery = delivery(toReceiver());

    Notices notices(JobQueue to) {
        return new Notices(to, Generators.timeBasedEpochRandomGenerator()::generate, Runnable::run);
    }

    MessageChannel toReceiver() {
        return WebhookChannel.onThisMachine(
                receiver.url("127.0.0.1"),
                WebhookSecret.parse(receiver.secret()).orElseThrow(),
                Clock.systemUTC());
    }

    NoticeDelivery delivery(@Nullable MessageChannel channel) {
        return delivery(channel, this::compose);
    }

    NoticeDelivery delivery(@Nullable MessageChannel channel, NoticeComposer composer) {
        PracticeChannels own =
                new PracticeChannels(maintenance, platform.keys(), platform.cipher(), new SecureRandom());
        return new NoticeDelivery(
                maintenance,
                new MessageChannels(own, channel, Clock.systemUTC()),
                Arrays.stream(NoticeKind.values()).collect(Collectors.toMap(Function.identity(), kind -> composer)));
    }

    Composition compose(Notice notice, Caller caller) {
        String token = "t0ken-" + UUID.randomUUID();
        tokens.add(token);
        return new Composed(new Recipient(notice.subject(), new EmailAddress(EMAIL)), Map.of("token", token));
    }

    /** Invites somebody of this address, and does not announce it; null when there is such a user. */
    @Nullable
    UUID invite(Caller caller, String email) {
        UUID notice = notices.newId();
        return platform.database()
                .first(
                        caller,
                        Notices.bind(INVITE.bind().uuid("id", UUID.randomUUID()).text("email", email), notice),
                        row -> notice)
                .orElse(null);
    }

    /** A notice that nobody has announced. */
    UUID notice() {
        UUID notice = invite(admin, UUID.randomUUID() + "@example.com");
        if (notice == null) {
            throw new AssertionError("there is no such user yet");
        }
        return notice;
    }

    /** The columns of a notice. */
    String state(UUID notice, String columns) {
        return platform.rows("select " + columns + " from notices where id = ?", notice)
                .getFirst();
    }

    /** Makes a notice older. */
    void age(UUID notice, String interval) {
        platform.execute(
                "update notices set created_at = created_at - interval '%s', held_until = held_until - interval '%s' where id = '%s'"
                        .formatted(interval, interval, notice));
    }

    @Override
    public void close() {
        receiver.close();
        database.close();
    }
}
