package com.medspasync.rotation;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.job.JobQueue;
import com.medspasync.job.JobRequests;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What operators ask of rotations: to start one, to see how far it is, to resume one that stopped. Each call is one round trip, and a
 * message to the queue where there is work to be done. Thread-safe.
 */
public final class Rotations {

    /** The most that a list shows: the newest ones. */
    public static final int MOST = 100;

    private static final Sql START = Sql.of("""
            with target as materialized (
              select :kind = 'ROOT' or has_key(:target_practice::uuid, :target_client::uuid) as known),
            running as materialized (
              select %1$s
              from key_rotations
              where practice_id = :practice::uuid and status <> 'COMPLETED' and kind = :kind
                and target_practice is not distinct from :target_practice::uuid
                and target_client is not distinct from :target_client::uuid),
            created as (
              insert into key_rotations (practice_id, id, kind, target_practice, target_client, reason, requested_by)
              select :practice::uuid, :id::uuid, :kind, :target_practice::uuid, :target_client::uuid, :reason, :user::uuid
              from target
              where known and not exists (select from running)
              on conflict do nothing
              returning %1$s)
            select * from running
            union all
            select * from created""".formatted(Rotation.COLUMNS));

    private static final Sql KNOWN =
            Sql.of("select :kind = 'ROOT' or has_key(:target_practice::uuid, :target_client::uuid) as known");

    private static final Sql FIND = Sql.of("""
            select %s
            from key_rotations
            where practice_id = :practice::uuid and id = :id::uuid""".formatted(Rotation.COLUMNS));

    private static final Sql NEWEST = Sql.of("""
            select %s
            from key_rotations
            where practice_id = :practice::uuid
            order by created_at desc, id desc
            limit :most""".formatted(Rotation.COLUMNS));

    private static final Sql RESUME = Sql.of("""
            with resumed as (
              update key_rotations
              set status = 'PENDING', error = null, version = version + 1, updated_at = now()
              where practice_id = :practice::uuid and id = :id::uuid and status = 'FAILED'
              returning %1$s)
            select * from resumed
            union all
            select %1$s
            from key_rotations
            where practice_id = :practice::uuid and id = :id::uuid and not exists (select from resumed)""".formatted(Rotation.COLUMNS));

    private final PracticeDatabase database;
    private final JobRequests<Rotation> requests;
    private final Supplier<UUID> ids;

    public Rotations(PracticeDatabase database, JobQueue queue, Supplier<UUID> ids) {
        this.database = database;
        this.requests = new JobRequests<>(database, queue, Rotation::of);
        this.ids = ids;
    }

    /**
     * Starts a rotation; where one of the same key is not completed, gives that one and has it go on. So it may be called again, also
     * when the queue failed.
     *
     * @return empty when there is no such key
     * @throws com.medspasync.job.QueueUnavailable when the queue does not take the message; the rotation stands and waits for the next call, or for the
     *     timer that looks for such
     */
    public Optional<Rotation> start(Caller caller, RotationRequest request) {
        Query query = target(START.bind(), request).uuid("id", ids.get()).text("reason", request.reason());
        return requests.start(caller, query, target(KNOWN.bind(), request));
    }

    private static Query target(Query query, RotationRequest request) {
        return query.text("kind", request.kind().name())
                .uuid("target_practice", request.practice())
                .uuid("target_client", request.client());
    }

    /** One rotation. */
    public Optional<Rotation> find(Caller caller, UUID id) {
        return database.first(caller, FIND.bind().uuid("id", id), Rotation::of);
    }

    /** The newest {@value #MOST}, the newest first. */
    public List<Rotation> newest(Caller caller) {
        return database.list(caller, NEWEST.bind().integer("most", MOST), Rotation::of);
    }

    /**
     * Has a rotation that failed go on where it stopped; one that is under way is only told to go on.
     *
     * @return empty when there is no such rotation
     * @throws com.medspasync.job.QueueUnavailable as {@link #start}
     */
    public Optional<Rotation> resume(Caller caller, UUID id) {
        return requests.change(caller, RESUME.bind().uuid("id", id));
    }
}
