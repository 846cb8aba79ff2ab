package com.medspasync.notice;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.QueueUnavailable;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for notices that nobody delivers: their message was lost, or could not be sent, or it was put off and the pause is over. Thread-safe.
 */
public final class NoticeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NoticeWatch.class);

    private static final Sql WAITING = Sql.of("""
            select id
            from notices
            where delivered_at is null and failed_at is null and created_at < now() - interval '2 minutes'
              and (held_until is null or held_until < now() - interval '1 minute')
            order by id
            limit 100""");

    private final PracticeDatabase database;
    private final JobQueue queue;
    private final Supplier<UUID> ids;

    /**
     * @param database logged in for maintenance: notices are of every practice
     * @param ids names each look as a request of the platform's own
     */
    public NoticeWatch(PracticeDatabase database, JobQueue queue, Supplier<UUID> ids) {
        this.database = database;
        this.queue = queue;
        this.ids = ids;
    }

    /**
     * Announces each of them; once too often does no harm.
     *
     * @return how many
     * @throws QueueUnavailable when the queue does not take one
     */
    public int announceWaiting() {
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
        List<UUID> waiting = database.list(platform, WAITING.bind(), row -> row.uuid("id"));
        for (UUID notice : waiting) {
            LOG.warn("Notice {} waits without a message: it is announced again", notice);
            queue.send(notice, Duration.ZERO);
        }
        return waiting.size();
    }
}
