package com.medspasync.job;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for jobs that nobody works on although they are not finished: their message was lost, or could not be sent. Thread-safe. */
public final class JobWatch {

    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

    private static final Map<JobTable, Sql> WAITING = JobTable.statements(table -> """
            select id
            from %s
            where practice_id = :practice::uuid and status in ('PENDING', 'PROCESSING')
              and (held_until is null or held_until < now()) and updated_at < now() - interval '2 minutes'
            order by created_at
            limit 100""".formatted(table));

    private final PracticeDatabase database;
    private final Map<JobTable, JobQueue> queues;
    private final Supplier<UUID> ids;

    /**
     * @param queues of the jobs to look for
     * @param ids names each look as a request of the platform's own
     */
    public JobWatch(PracticeDatabase database, Map<JobTable, JobQueue> queues, Supplier<UUID> ids) {
        this.database = database;
        this.queues = Map.copyOf(queues);
        this.ids = ids;
    }

    /**
     * Sends a message for each of them; one too many does no harm.
     *
     * @return how many
     * @throws QueueUnavailable when a queue does not take one
     */
    public int announceWaiting() {
        int announced = 0;
        for (Map.Entry<JobTable, JobQueue> queue : queues.entrySet()) {
            announced += announceWaiting(queue.getKey(), queue.getValue());
        }
        return announced;
    }

    private int announceWaiting(JobTable table, JobQueue queue) {
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
        Sql sql = Objects.requireNonNull(WAITING.get(table));
        List<UUID> waiting = database.list(platform, sql.bind(), row -> row.uuid("id"));
        for (UUID job : waiting) {
            LOG.warn("Job {} of {} waits without a message: it is sent again", job, table);
            queue.send(job, Duration.ZERO);
        }
        return waiting.size();
    }
}
