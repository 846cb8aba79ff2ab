package com.medspasync.rotation;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for rotations that nobody works on although they are not finished: their message was lost, or could not be sent. Thread-safe. */
public final class RotationWatch {

    private static final Logger LOG = LoggerFactory.getLogger(RotationWatch.class);

    private static final Sql WAITING = Sql.of("""
            select id
            from key_rotations
            where practice_id = :practice::uuid and status in ('PENDING', 'PROCESSING')
              and (held_until is null or held_until < now()) and updated_at < now() - interval '2 minutes'
            order by created_at
            limit 100""");

    private final PracticeDatabase database;
    private final RotationQueue queue;
    private final Supplier<UUID> ids;

    /** @param ids names each look as a request of the platform's own */
    public RotationWatch(PracticeDatabase database, RotationQueue queue, Supplier<UUID> ids) {
        this.database = database;
        this.queue = queue;
        this.ids = ids;
    }

    /**
     * Sends a message for each of them; one too many does no harm.
     *
     * @return how many
     * @throws QueueUnavailable when the queue does not take one
     */
    public int announceWaiting() {
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get()));
        List<UUID> waiting = database.list(platform, WAITING.bind(), row -> row.uuid("id"));
        for (UUID rotation : waiting) {
            LOG.warn("Rotation {} waits without a message: it is sent again", rotation);
            queue.send(rotation, Duration.ZERO);
        }
        return waiting.size();
    }
}
