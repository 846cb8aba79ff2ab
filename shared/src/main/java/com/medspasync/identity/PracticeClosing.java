package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.repository.Deletion;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.Optional;
import java.util.UUID;

/**
 * Closes practices: the record is deleted softly, and nobody of it gets in any more, on any instance. Sessions and one-time tokens end in
 * the same statement, and a login that is under way then finds the practice closed. One round trip. Thread-safe.
 */
public final class PracticeClosing {

    /** To close a closed practice ends again what may be left: a session that began while the first statement ran. */
    private static final Sql CLOSE = Sql.of("""
            with target as materialized (
              select id, version, deleted_at
              from practices
              where id = :practice::uuid and id <> '00000000-0000-0000-0000-000000000000'),
            closed as (
              update practices set deleted_at = now(), updated_at = now(), version = version + 1
              where id = :practice::uuid and id <> '00000000-0000-0000-0000-000000000000' and deleted_at is null and version = :version
              returning id),
            shut as (
              select u.id
              from users u
              where u.practice_id = :practice::uuid
                and (exists (select from closed) or exists (select from target where deleted_at is not null))),
            %s,
            spent as (
              update one_time_tokens o
              set used_at = now()
              from shut
              where o.practice_id = :practice::uuid and o.user_id = shut.id and o.used_at is null)
            select
              case
                when closed.id is not null or target.deleted_at is not null then 'DONE'
                when target.id is null then 'MISSING'
                when target.version <> :version then 'STALE'
                else 'RACED'
              end as outcome
            from (select) as one
            left join target on true
            left join closed on true""".formatted(SessionEnd.all("shut", "DEACTIVATED")));

    private final PracticeDatabase database;

    public PracticeClosing(PracticeDatabase database) {
        this.database = database;
    }

    /**
     * Closes a practice, if it still has {@code version}; again is {@code Deleted} too. The platform's own is {@code Missing}.
     *
     * @param operator who has named no practice
     */
    public Deletion close(Caller operator, UUID id, int version) {
        Caller within = operator.actingIn(new PracticeId(id));
        Optional<Deletion> done;
        do {
            done = database.one(within, CLOSE.bind().integer("version", version), row -> switch (row.text("outcome")) {
                case "DONE" -> Optional.of(new Deletion.Deleted());
                case "MISSING" -> Optional.of(new Deletion.Missing());
                case "STALE" -> Optional.of(new Deletion.Stale());
                // Somebody changed it between the statement's snapshot and its update: another run sees that.
                default -> Optional.empty();
            });
        } while (done.isEmpty());
        return done.get();
    }
}
