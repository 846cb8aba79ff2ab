package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.Map;
import java.util.Objects;

/** Clears the blind indexes under the old version of a practice's key, which nobody keeps or looks up any more. */
public final class OldIndexes implements Sweep {

    private static final Map<IndexSlot, Sql> CLEAR =
            Map.of(IndexSlot.ODD, clear(IndexSlot.ODD), IndexSlot.EVEN, clear(IndexSlot.EVEN));

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public OldIndexes(PracticeDatabase database) {
        this.database = database;
    }

    private static Sql clear(IndexSlot slot) {
        return Sql.of("""
                with %1$s
                update clients
                set %2$s = null, %3$s = null
                where exists (select from held) and practice_id = :practice::uuid and id in (
                  select id
                  from clients
                  where practice_id = :practice::uuid and (%2$s is not null or %3$s is not null)
                  order by id
                  limit :most)""".formatted(Turn.HELD, slot.of(IndexedColumn.SSN), slot.of(IndexedColumn.BIRTH_AND_NAME)));
    }

    @Override
    public Batch next(Turn turn, int most) {
        IndexSlot slot = IndexSlot.of(turn.from());
        Sql sql = Objects.requireNonNull(CLEAR.get(slot));
        long cleared = database.update(turn.caller(), turn.hold(sql.bind()).integer("most", most));
        return new Batch(cleared, cleared);
    }
}
