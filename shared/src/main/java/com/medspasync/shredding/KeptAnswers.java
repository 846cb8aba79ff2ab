package com.medspasync.shredding;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;

/**
 * Answers that are kept, for repeated requests or by the cache: they stand under a key of the practice, not of the client. Of the cache everything of the
 * practice goes, since it is only a cache.
 */
public final class KeptAnswers implements Remnant {

    private static final Sql CLEAR = Sql.of("""
            with %s,
            replays as (
              delete from idempotency_keys
              where exists (select from held) and practice_id = :practice::uuid and (practice_id, user_id, key) in (
                select practice_id, user_id, key
                from idempotency_keys
                where practice_id = :practice::uuid and (:client::uuid is null or record_id = :client::uuid)
                limit :most)
              returning key),
            cached as (
              delete from cache_entries
              where exists (select from held) and practice_id = :practice::uuid and key in (
                select key from cache_entries where practice_id = :practice::uuid limit :most)
              returning key)
            select (select count(*) from replays) + (select count(*) from cached) as cleared""".formatted(Shred.HELD));

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public KeptAnswers(PracticeDatabase database) {
        this.database = database;
    }

    @Override
    public long clear(Shred shred, int most) {
        return database.one(shred.caller(), shred.bind(CLEAR).integer("most", most), row -> row.bigint("cleared"));
    }
}
