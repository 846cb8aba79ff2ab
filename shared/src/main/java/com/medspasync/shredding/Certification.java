package com.medspasync.shredding;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
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
 * Certifies that keys are destroyed, once the last backup that may have held them has expired and there is no trace of them. Keys that are there
 * again, because somebody restored them from a backup, are destroyed again, and the time counts anew. Thread-safe.
 */
public final class Certification {

    private static final Logger LOG = LoggerFactory.getLogger(Certification.class);

    private static final String KEYS_ARE_THERE = """
            (exists (
              select from client_keys k
              where k.practice_id = s.target_practice and (s.target_client is null or k.client_id = s.target_client))
            or s.target_client is null and exists (select from practice_keys k where k.practice_id = s.target_practice))""";

    private static final Sql DESTROY_AGAIN = Sql.of("""
            update key_shreddings s
            set status = 'PENDING', certified_at = null, version = version + 1, updated_at = now()
            where practice_id = :practice::uuid and status = 'COMPLETED' and %s
            returning id""".formatted(KEYS_ARE_THERE));

    private static final Sql CERTIFY = Sql.of("""
            update key_shreddings s
            set certified_at = now(), version = version + 1, updated_at = now()
            where practice_id = :practice::uuid and status = 'COMPLETED' and certified_at is null and certifiable_at <= now()
              and not %s
            returning id""".formatted(KEYS_ARE_THERE));

    private final PracticeDatabase database;
    private final JobQueue queue;
    private final Supplier<UUID> ids;

    /**
     * The certification of all practices.
     *
     * @param database logged in for maintenance
     * @param ids names each run as a request of the platform's own
     */
    public Certification(PracticeDatabase database, JobQueue queue, Supplier<UUID> ids) {
        this.database = database;
        this.queue = queue;
        this.ids = ids;
    }

    /**
     * Looks at every finished shredding.
     *
     * @return how many it certified
     * @throws com.medspasync.job.QueueUnavailable when the queue does not take a message
     */
    public int run() {
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
        List<UUID> again = database.list(platform, DESTROY_AGAIN.bind(), row -> row.uuid("id"));
        for (UUID shredding : again) {
            LOG.error("ALARM destroyed-keys-are-back, of shredding {}: they are destroyed again", shredding);
            queue.send(shredding, Duration.ZERO);
        }
        return database.list(platform, CERTIFY.bind(), row -> row.uuid("id")).size();
    }
}
