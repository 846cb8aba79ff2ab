package com.medspasync.rotation;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.shredding.Remnant;
import com.medspasync.shredding.Shred;

/** Rotations of keys that are about to be destroyed: they are stopped, by their fence, so that none brings a key back. */
public final class DoomedRotations implements Remnant {

    private static final Sql STOP = Sql.of("""
            with %s
            update key_rotations
            set status = 'FAILED', error = 'The key is being destroyed.', fence = fence + 1, held_until = null,
              version = version + 1, updated_at = now()
            where exists (select from held) and practice_id = platform_practice() and id in (
              select id
              from key_rotations
              where practice_id = platform_practice() and status in ('PENDING', 'PROCESSING')
                and target_practice = :practice::uuid and (:client::uuid is null or target_client = :client::uuid)
              limit :most)""".formatted(Shred.HELD));

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public DoomedRotations(PracticeDatabase database) {
        this.database = database;
    }

    @Override
    public long clear(Shred shred, int most) {
        return database.update(shred.caller(), shred.bind(STOP).integer("most", most));
    }
}
