package com.medspasync.clients;

import com.medspasync.crypto.IndexKey;
import com.medspasync.database.Query;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blind indexes of some values, in the slots that their columns are: of each version of the practice's key in service. The slot of
 * a version that is not, is null.
 *
 * @param versions those in service when the values were digested, ascending; null when there was nothing to digest
 */
record IndexSlots(@Nullable List<Integer> versions, Map<IndexedColumn, Pair> pairs) {

    /** Of no values: all slots are null. */
    static final IndexSlots NONE = new IndexSlots(null, Map.of());

    /** Whether the versions are exactly those in service, as a writer's have to be: it must not leave out a slot. */
    static final String EXACT = """
            (:index_versions::int[] is null or :index_versions::int[] is not distinct from (
              select array_agg(version order by version)
              from practice_keys
              where practice_id = :practice::uuid and indexed))""";

    /**
     * Whether the versions find every client, as a reader's have to. The oldest in service does: who writes, writes it, and a
     * newer one may not stand beside every client yet.
     */
    static final String COMPLETE = """
            coalesce((
              select min(version)
              from practice_keys
              where practice_id = :practice::uuid and indexed) = any (:index_versions::int[]), false)""";

    /** One value under an odd and under an even version. */
    @SuppressWarnings("ArrayRecordComponent") // carried from one place to the next, never compared
    record Pair(byte @Nullable [] odd, byte @Nullable [] even) {

        static final Pair NONE = new Pair(null, null);

        static Pair of(IndexedColumn column, List<IndexKey> keys, String normal) {
            byte[] odd = null;
            byte[] even = null;
            for (IndexKey key : keys) {
                byte[] index = column.index().of(key, normal);
                if (key.version() % 2 == 1) {
                    odd = index;
                } else {
                    even = index;
                }
            }
            return new Pair(odd, even);
        }
    }

    IndexSlots {
        pairs = pairs.isEmpty() ? Map.of() : new EnumMap<>(pairs);
    }

    /** Binds the versions, and the slots of every column. */
    Query bind(Query query) {
        for (IndexedColumn column : IndexedColumn.values()) {
            bind(query, column);
        }
        return bindVersions(query);
    }

    /** The index of one value in one slot; null where there is none. */
    byte @Nullable [] of(IndexedColumn column, IndexSlot slot) {
        Pair pair = pairs.getOrDefault(column, Pair.NONE);
        return slot == IndexSlot.ODD ? pair.odd() : pair.even();
    }

    Query bindVersions(Query query) {
        return query.integers("index_versions", versions);
    }

    Query bind(Query query, IndexedColumn column) {
        Pair pair = pairs.getOrDefault(column, Pair.NONE);
        return query.bytes(column.column() + "_odd", pair.odd()).bytes(column.column() + "_even", pair.even());
    }
}
