package com.medspasync.expiry;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Deletes rows that only served to let somebody do something, once that is long over: answers kept for repeats, counted attempts, one-time
 * tokens, ended sessions. What was done with them stays in the audit.
 *
 * <p>In small batches, each a statement of its own, so that nobody waits for it; as many at a time as a timer may take. Several may run
 * at once. Thread-safe.
 */
public final class Expiry {

    /** So much of one kind at a time. */
    static final int BATCH = 5_000;

    private static final int MOST_BATCHES = 40;

    private static final Sql ANSWERS = Sql.of("""
            delete from idempotency_keys
            where ctid = any (array(
              select ctid from idempotency_keys where expires_at < now() - interval '1 hour' limit :batch for update skip locked))""");

    private static final Sql ATTEMPTS = Sql.of("""
            delete from login_networks
            where ctid = any (array(
              select ctid from login_networks where since < now() - interval '1 day' limit :batch for update skip locked))""");

    private static final Sql TOKENS = Sql.of("""
            delete from one_time_tokens
            where ctid = any (array(
              select ctid from one_time_tokens where expires_at < now() - interval '30 days' limit :batch for update skip locked))""");

    /** A session in which somebody had emergency access stays with that. */
    private static final Sql SESSIONS = Sql.of("""
            delete from sessions
            where ctid = any (array(
              select ctid from sessions s
              where least(s.ended_at, s.expires_at) < now() - interval '30 days'
                and not exists (select from emergency_accesses e where e.practice_id = s.practice_id and e.session_id = s.id)
              limit :batch
              for update of s skip locked))""");

    private static final List<Sql> ALL = List.of(ANSWERS, ATTEMPTS, TOKENS, SESSIONS);

    private final PracticeDatabase database;
    private final Supplier<UUID> ids;

    /**
     * Reaches into every practice.
     *
     * @param database logged in for maintenance
     * @param ids names each batch as a request of the platform's own
     */
    public Expiry(PracticeDatabase database, Supplier<UUID> ids) {
        this.database = database;
        this.ids = ids;
    }

    /** Deletes what has expired; how many rows. What a bounded run leaves, the next one takes. */
    public long run() {
        long deleted = 0;
        for (Sql sql : ALL) {
            long batch = BATCH;
            for (int i = 0; i < MOST_BATCHES && batch == BATCH; i++) {
                Query query = sql.bind().integer("batch", BATCH);
                batch = database.update(Caller.platform(PracticeId.PLATFORM, new Origin(null, null, ids.get())), query);
                deleted += batch;
            }
        }
        return deleted;
    }
}
