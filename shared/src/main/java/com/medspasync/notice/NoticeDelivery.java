package com.medspasync.notice;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.job.QueueWork;
import com.medspasync.message.Message;
import com.medspasync.message.MessageChannel;
import com.medspasync.message.MessageChannel.Delivery.Delivered;
import com.medspasync.message.MessageChannel.Delivery.Failed;
import com.medspasync.message.MessageChannel.Delivery.Refused;
import com.medspasync.message.MessageChannels;
import com.medspasync.notice.NoticeComposer.Composition.Composed;
import com.medspasync.notice.NoticeComposer.Composition.Obsolete;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers notices, each at least once.
 *
 * <p>Whoever delivers one holds it meanwhile, so neither a message that came twice nor two workers deliver it twice. Twice it is delivered when a worker
 * ends, or loses the database, between sending and saying so: the message has the same id then, and the receiver tells it by that.
 *
 * <p>What fails for now is tried again when the queue brings its message again, some seconds later. When that has been so too often, there is an alarm, and a pause
 * that grows with the notice's age, until {@link NoticeWatch} announces it once more. After {@link #KEPT_TRYING} it is given up. Thread-safe.
 */
public final class NoticeDelivery implements QueueWork {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeDelivery.class);

    /** How long after its cause a notice is tried to be delivered. */
    static final Duration KEPT_TRYING = Duration.ofHours(24);

    /** Longer than an attempt takes: to compose, and the time limits of a channel. */
    static final Duration HOLD = Duration.ofSeconds(60);

    /** Shorter than the queue waits before it brings a message again; {@link NoticeWatch} leaves alone meanwhile what the queue still brings. */
    private static final Duration RETRY = Duration.ofSeconds(20);

    private static final Sql CLAIM = Sql.of("""
            update notices
            set attempts = attempts + 1, held_until = now() + :hold::interval
            where id = :id::uuid and delivered_at is null and failed_at is null and (held_until is null or held_until < now())
            returning practice_id, id, kind, subject_id, created_at, attempts""");

    /** Whoever else has taken it meanwhile: delivered is delivered. */
    private static final Sql DELIVERED = Sql.of("""
            update notices
            set delivered_at = now(), failed_at = null, held_until = null, error = null
            where practice_id = :practice::uuid and id = :id::uuid and delivered_at is null""");

    private static final Sql FAILED = Sql.of("""
            update notices
            set failed_at = now(), held_until = null, error = :error
            where practice_id = :practice::uuid and id = :id::uuid and attempts = :attempt and delivered_at is null and failed_at is null""");

    private static final Sql AGAIN = Sql.of("""
            update notices
            set held_until = now() + :retry::interval, error = :error
            where practice_id = :practice::uuid and id = :id::uuid and attempts = :attempt and delivered_at is null and failed_at is null""");

    private static final Sql PUT_OFF = Sql.of("""
            update notices
            set
              failed_at = case when created_at < now() - :kept_trying::interval then now() end,
              held_until = case
                when created_at >= now() - :kept_trying::interval then now() + least(greatest(now() - created_at, interval '10 minutes'), interval '4 hours') end
            where id = :id::uuid and delivered_at is null and failed_at is null
            returning kind, failed_at is not null as failed""");

    private final PracticeDatabase database;
    private final MessageChannels channels;
    private final Map<NoticeKind, NoticeComposer> composers;

    /** @param database logged in for maintenance: a message of the queue names no practice */
    public NoticeDelivery(
            PracticeDatabase database, MessageChannels channels, Map<NoticeKind, NoticeComposer> composers) {
        this.database = database;
        this.channels = channels;
        this.composers = Map.copyOf(composers);
    }

    /** A notice was not delivered this time. */
    static final class NotDelivered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotDelivered(String reason) {
            super(reason);
        }
    }

    /** Delivers a notice, unless it is delivered, given up, or held by another. */
    @Override
    public void run(UUID id) {
        Query claim = CLAIM.bind().uuid("id", id).text("hold", HOLD.toString());
        database.first(platform(PracticeId.PLATFORM, id), claim, Notice::of).ifPresent(this::deliver);
    }

    /** Leaves a notice alone for a while whose message has come too often; when it has been tried for long enough, for good. */
    @Override
    public void giveUp(UUID id) {
        database.first(
                        platform(PracticeId.PLATFORM, id),
                        PUT_OFF.bind().uuid("id", id).text("kept_trying", KEPT_TRYING.toString()),
                        row -> (row.bool("failed") ? "notice-failed" : "notice-late") + " " + row.text("kind"))
                .ifPresent(what -> LOG.error("ALARM {} {}: the log says why", what, id));
    }

    private void deliver(Notice notice) {
        Caller caller = platform(notice.practice(), notice.id());
        try {
            Optional<MessageChannel> channel = channels.of(caller);
            if (channel.isEmpty()) {
                LOG.error(
                        "ALARM no-message-channel {} {}: neither the practice nor the platform has one",
                        notice.kind(),
                        notice.id());
                throw new NotDelivered("there is no channel");
            }
            switch (composer(notice.kind()).compose(notice, caller)) {
                case Composed composed -> deliver(notice, caller, channel.get(), composed);
                case Obsolete(String reason) -> {
                    LOG.info("Notice {} {} is obsolete: {}", notice.kind(), notice.id(), reason);
                    fail(notice, caller, "obsolete: " + reason);
                }
            }
        } catch (NotDelivered e) {
            again(notice, caller, String.valueOf(e.getMessage()), e);
            throw e;
        } catch (RuntimeException e) {
            // Its message may quote what it was about.
            again(notice, caller, e.getClass().getSimpleName(), e);
            throw e;
        }
    }

    private void deliver(Notice notice, Caller caller, MessageChannel channel, Composed composed) {
        Message message = new Message(
                notice.id(),
                notice.kind().name(),
                notice.practice(),
                notice.createdAt(),
                composed.recipient(),
                composed.content());
        switch (channel.deliver(message)) {
            case Delivered() -> database.update(caller, DELIVERED.bind().uuid("id", notice.id()));
            case Refused(String reason) -> {
                LOG.error("ALARM notice-failed {} {}: {}", notice.kind(), notice.id(), reason);
                fail(notice, caller, reason);
            }
            case Failed(String reason) -> throw new NotDelivered(reason);
        }
    }

    private NoticeComposer composer(NoticeKind kind) {
        NoticeComposer composer = composers.get(kind);
        if (composer == null) {
            throw new IllegalStateException("nothing composes a notice of kind " + kind);
        }
        return composer;
    }

    private void fail(Notice notice, Caller caller, String error) {
        database.update(caller, change(FAILED, notice).text("error", error));
    }

    /** Lets the notice go, for when the queue brings it again. */
    private void again(Notice notice, Caller caller, String error, RuntimeException cause) {
        LOG.warn(
                "Notice {} {} was not delivered at attempt {}: {}",
                notice.kind(),
                notice.id(),
                notice.attempt(),
                error);
        try {
            database.update(caller, change(AGAIN, notice).text("error", error).text("retry", RETRY.toString()));
        } catch (RuntimeException e) {
            // The hold then ends by itself.
            cause.addSuppressed(e);
        }
    }

    private static Query change(Sql sql, Notice notice) {
        return sql.bind().uuid("id", notice.id()).integer("attempt", notice.attempt());
    }

    private static Caller platform(PracticeId practice, UUID notice) {
        return Caller.platform(practice, new Origin(null, null, notice));
    }
}
