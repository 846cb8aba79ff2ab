package com.medspasync.shredding;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRequests;
import com.medspasync.tenant.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What operators ask of the destruction of keys. Each call is one round trip, and a message to the queue where there is work to be done.
 * Thread-safe.
 *
 * <p>A client's keys go at once. A practice's go in two steps, with a waiting period between them in which it can be called off.
 */
public final class Shreddings {

    /** The most that a list shows: the newest ones. */
    public static final int MOST = 100;

    private static final Sql START = Sql.of("""
            with target as materialized (
              select has_key(:target_practice::uuid, :target_client::uuid)
                and :target_practice::uuid <> :practice::uuid as known),
            running as materialized (
              select %1$s
              from key_shreddings
              where practice_id = :practice::uuid and status not in ('COMPLETED', 'CANCELLED')
                and target_practice = :target_practice::uuid and target_client is not distinct from :target_client::uuid),
            created as (
              insert into key_shreddings (
                practice_id, id, kind, target_practice, target_client, reason, requested_by, status, confirmable_at)
              select :practice::uuid, :id::uuid, :kind, :target_practice::uuid, :target_client::uuid, :reason, :user::uuid,
                case when :kind = 'CLIENT' then 'PENDING' else 'WAITING' end,
                case when :kind = 'PRACTICE' then now() + :wait::interval end
              from target
              where known and not exists (select from running)
              on conflict do nothing
              returning %1$s)
            select * from running
            union all
            select * from created""".formatted(Shredding.COLUMNS));

    private static final Sql KNOWN = Sql.of("select has_key(:target_practice::uuid, :target_client::uuid) as known");

    private static final Sql FIND = Sql.of("""
            select %s
            from key_shreddings
            where practice_id = :practice::uuid and id = :id::uuid""".formatted(Shredding.COLUMNS));

    private static final Sql NEWEST = Sql.of("""
            select %s
            from key_shreddings
            where practice_id = :practice::uuid
            order by created_at desc, id desc
            limit :most""".formatted(Shredding.COLUMNS));

    private static final Sql CONFIRM = changing(
            "status = 'PENDING', confirmed_at = now(), confirmed_by = :user::uuid",
            "status = 'WAITING' and confirmable_at <= now() and target_practice = :target_practice::uuid");

    private static final Sql CANCEL = changing("status = 'CANCELLED'", "status = 'WAITING'");

    private static final Sql RESUME = changing("status = 'PENDING', error = null", "status = 'FAILED'");

    private final PracticeDatabase database;
    private final JobRequests<Shredding> requests;
    private final Duration waitingPeriod;
    private final Supplier<UUID> ids;

    /** @param waitingPeriod after which the destruction of a practice's keys may be confirmed */
    public Shreddings(PracticeDatabase database, JobQueue queue, Duration waitingPeriod, Supplier<UUID> ids) {
        this.database = database;
        this.requests = new JobRequests<>(database, queue, Shredding::of);
        this.waitingPeriod = waitingPeriod;
        this.ids = ids;
    }

    /** Changes one that meets the condition; gives it as it is then, changed or not. */
    private static Sql changing(String assignments, String condition) {
        return Sql.of("""
                with changed as (
                  update key_shreddings
                  set %2$s, version = version + 1, updated_at = now()
                  where practice_id = :practice::uuid and id = :id::uuid and %3$s
                  returning %1$s)
                select * from changed
                union all
                select %1$s
                from key_shreddings
                where practice_id = :practice::uuid and id = :id::uuid and not exists (select from changed)""".formatted(Shredding.COLUMNS, assignments, condition));
    }

    /**
     * Asks for the destruction of keys; where one of the same is not finished, gives that one and has it go on. So it may be called
     * again, also when the queue failed.
     *
     * @return empty when there is no such key
     * @throws com.medspasync.job.QueueUnavailable when the queue does not take the message; the request stands and waits for the next
     *     call, or for the timer that looks for such
     */
    public Optional<Shredding> start(Caller caller, ShreddingRequest request) {
        Query query = target(START.bind(), request)
                .text("kind", request.kind().name())
                .uuid("id", ids.get())
                .text("reason", request.reason())
                .text("wait", waitingPeriod.toString());
        return requests.start(caller, query, target(KNOWN.bind(), request));
    }

    private static Query target(Query query, ShreddingRequest request) {
        return query.uuid("target_practice", request.practice()).uuid("target_client", request.client());
    }

    /** One of them. */
    public Optional<Shredding> find(Caller caller, UUID id) {
        return database.first(caller, FIND.bind().uuid("id", id), Shredding::of);
    }

    /** The newest {@value #MOST}, the newest first. */
    public List<Shredding> newest(Caller caller) {
        return database.list(caller, NEWEST.bind().integer("most", MOST), Shredding::of);
    }

    /**
     * Takes the second step to the destruction of a practice's keys, from which there is no way back. It changes nothing before the waiting
     * period is over, nor when another practice is named, nor when it was taken or called off before: the status tells.
     *
     * @return empty when there is no such request
     * @throws com.medspasync.job.QueueUnavailable as {@link #start}
     */
    public Optional<Shredding> confirm(Caller caller, UUID id, Confirmation confirmation) {
        return requests.change(caller, CONFIRM.bind().uuid("id", id).uuid("target_practice", confirmation.practice()));
    }

    /** Calls off the destruction of a practice's keys while it waits; any other stays as it is. Empty when there is no such request. */
    public Optional<Shredding> cancel(Caller caller, UUID id) {
        return requests.change(caller, CANCEL.bind().uuid("id", id));
    }

    /**
     * Has one that failed go on where it stopped; one that is under way is only told to go on.
     *
     * @return empty when there is no such request
     * @throws com.medspasync.job.QueueUnavailable as {@link #start}
     */
    public Optional<Shredding> resume(Caller caller, UUID id) {
        return requests.change(caller, RESUME.bind().uuid("id", id));
    }
}
