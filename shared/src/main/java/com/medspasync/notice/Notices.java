package com.medspasync.notice;

import com.medspasync.database.Query;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a feature does to have somebody told: its statement writes the notice together with the cause, and when that has taken effect, the notice is
 * announced.
 *
 * <pre>{@code
 * private static final Sql INVITE = Sql.of("""
 *         with created as (
 *           insert into users ... returning id),
 *         %s
 *         select id from created""".formatted(Notices.written(NoticeKind.INVITATION, "created", "id")));
 *
 * UUID notice = notices.newId();
 * database.first(caller, Notices.bind(INVITE.bind()..., notice), ...).ifPresent(user -> notices.announce(notice));
 * }</pre>
 *
 * So there is a notice exactly if there is its cause, whatever happens between. Thread-safe.
 */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** Messages under way at a time; with the queue away, each takes as long as its time limit. */
    private static final int MOST_SENDING = 100;

    private final JobQueue queue;
    private final Supplier<UUID> ids;
    private final Executor sending;
    private final Semaphore free = new Semaphore(MOST_SENDING);

    /**
     * Sends on threads of its own.
     *
     * @param queue of {@link NoticeDelivery}
     * @param ids unique ones that count up with time
     */
    public Notices(JobQueue queue, Supplier<UUID> ids) {
        this(queue, ids, Thread.ofVirtual().name("notice-", 0)::start);
    }

    /** @param sending runs what waits for the queue, so that no request does */
    Notices(JobQueue queue, Supplier<UUID> ids, Executor sending) {
        this.queue = queue;
        this.ids = ids;
        this.sending = sending;
    }

    /**
     * The common table expression {@code noticed}, for a statement that causes a notice of the practice that it runs for. {@link #bind} binds it.
     *
     * @param cause the name of an expression before it that has one row if there is something to tell, and else none
     * @param subject the column of {@code cause} that names the notice's subject
     */
    public static String written(NoticeKind kind, String cause, String subject) {
        return insertion("'" + kind + "'", cause, subject);
    }

    /** As {@link #written}, for a cause whose column {@code kind} names the {@link NoticeKind}. */
    public static String writtenAsNamed(String cause, String subject) {
        return insertion("kind", cause, subject);
    }

    /**
     * As {@link #written}, for a cause of any number of rows, of any practices: there is a notice for each, of the practice in its column {@code practice_id}. {@link #bindEach} binds
     * it. The notices' ids are the column {@code id} of {@code noticed}.
     */
    public static String writtenEach(NoticeKind kind, String cause, String subject) {
        return """
                noticed as (
                  insert into notices (practice_id, id, kind, subject_id)
                  select practice_id, (:notices::uuid[])[row_number() over ()], '%s', %s
                  from %s
                  returning id)""".formatted(kind, subject, cause);
    }

    /** Binds the parameter of {@link #writtenEach}: as many ids as there may be rows. */
    public static Query bindEach(Query query, List<UUID> notices) {
        return query.uuids("notices", notices);
    }

    private static String insertion(String kind, String cause, String subject) {
        return """
                noticed as (
                  insert into notices (practice_id, id, kind, subject_id)
                  select :practice::uuid, :notice::uuid, %s, %s
                  from %s)""".formatted(kind, subject, cause);
    }

    /** Binds the parameter of {@link #written}. */
    public static Query bind(Query query, UUID notice) {
        return query.uuid("notice", notice);
    }

    /** The id of a notice that is to be. */
    public UUID newId() {
        return ids.get();
    }

    /**
     * Has a notice delivered at once. Neither waits nor fails, and takes the same time whether or not the queue is there: what the queue does not take,
     * {@link NoticeWatch} sends.
     */
    public void announce(UUID notice) {
        if (!free.tryAcquire()) {
            LOG.warn("Notice {} waits for the watch: too many messages are under way", notice);
            return;
        }
        try {
            sending.execute(() -> send(notice));
        } catch (RejectedExecutionException closing) {
            free.release();
            LOG.warn("Notice {} waits for the watch: this process ends", notice);
        }
    }

    private void send(UUID notice) {
        try {
            queue.send(notice, Duration.ZERO);
        } catch (QueueUnavailable away) {
            LOG.warn("Notice {} waits for the watch: the queue does not take it", notice);
        } finally {
            free.release();
        }
    }
}
