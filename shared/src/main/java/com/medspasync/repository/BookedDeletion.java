package com.medspasync.repository;

import com.medspasync.database.Sql;

/** The statement that deletes a record softly, unless appointments that are yet to come stand on it. {@link Outcome#deletion} reads what became of it. */
public final class BookedDeletion {

    private BookedDeletion() {}

    /**
     * Takes {@code :id}, {@code :version} and {@code :now}. The record is locked before its appointments are counted: nobody books it in between.
     *
     * @param upcoming the function of SQL that counts them, of the practice and the id
     */
    public static Sql of(String table, String upcoming) {
        return Sql.of("""
                with target as materialized (
                  select id, version, deleted_at
                  from %1$s
                  where practice_id = :practice::uuid and id = :id::uuid
                  for no key update),
                booked as materialized (
                  select coalesce(sum(%2$s(:practice::uuid, id)), 0) as upcoming from target where deleted_at is null),
                changed as (
                  update %1$s set deleted_at = :now::timestamptz, updated_at = :now::timestamptz, version = version + 1
                  where practice_id = :practice::uuid and id = :id::uuid and deleted_at is null and version = :version
                    and (select upcoming from booked) = 0
                  returning id)
                select
                  case
                    when changed.id is not null or target.deleted_at is not null then 'DONE'
                    when target.id is null then 'MISSING'
                    when target.version <> :version then 'STALE'
                    when booked.upcoming > 0 then 'BOOKED'
                    else 'RACED'
                  end as outcome,
                  booked.upcoming
                from booked
                left join target on true
                left join changed on true""".formatted(table, upcoming));
    }
}
