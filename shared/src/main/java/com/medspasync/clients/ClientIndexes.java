package com.medspasync.clients;

import com.medspasync.crypto.IndexKey;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.tenant.PracticeId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Computes clients' blind indexes. Thread-safe. */
final class ClientIndexes {

    private final KeyHierarchy keys;

    ClientIndexes(KeyHierarchy keys) {
        this.keys = keys;
    }

    /**
     * The indexes of values.
     *
     * @param normal each value in its normal form
     * @throws com.medspasync.crypto.UnknownKeyVersion when there is no key to digest them under
     */
    IndexSlots of(PracticeId practice, Map<IndexedColumn, String> normal) {
        if (normal.isEmpty()) {
            return IndexSlots.NONE;
        }
        while (true) {
            Map<IndexedColumn, List<IndexKey>> keysByColumn = new EnumMap<>(IndexedColumn.class);
            for (IndexedColumn column : normal.keySet()) {
                keysByColumn.put(
                        column,
                        keys.indexKeys(
                                practice, column.index().table(), column.index().column()));
            }
            List<List<Integer>> versions = keysByColumn.values().stream()
                    .map(ClientIndexes::versions)
                    .distinct()
                    .toList();
            // Else the practice's keys were read anew between one column and the next.
            if (versions.size() == 1) {
                return new IndexSlots(versions.getFirst(), pairs(normal, keysByColumn));
            }
        }
    }

    private static List<Integer> versions(List<IndexKey> keys) {
        return keys.stream().map(IndexKey::version).toList();
    }

    private static Map<IndexedColumn, IndexSlots.Pair> pairs(
            Map<IndexedColumn, String> normal, Map<IndexedColumn, List<IndexKey>> keys) {
        Map<IndexedColumn, IndexSlots.Pair> pairs = new EnumMap<>(IndexedColumn.class);
        keys.forEach((column, ofColumn) ->
                pairs.put(column, IndexSlots.Pair.of(column, ofColumn, normal.getOrDefault(column, ""))));
        return pairs;
    }
}
