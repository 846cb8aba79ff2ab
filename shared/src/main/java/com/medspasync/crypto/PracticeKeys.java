package com.medspasync.crypto;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One practice's key, in all its versions, as it was at one moment. Immutable and thread-safe.
 *
 * @param newestAccepted the version to encrypt under; 0 when none may
 * @param indexBits for each version that blind indexes are kept under, how many bits; also for those that cannot be opened
 */
record PracticeKeys(Map<Integer, Version> versions, int newestAccepted, SortedMap<Integer, Integer> indexBits) {

    static final PracticeKeys NONE = new PracticeKeys(Map.of(), 0, Collections.emptySortedMap());

    /** One version. The practice's own key only derives others; it never encrypts anything itself. */
    static final class Version {

        private final int number;
        private final Secret practiceKey;
        private final DataKey wrapping;
        private final Map<Purpose, DataKey> purposes = new EnumMap<>(Purpose.class);

        /** As many as there are indexed columns; derived when they are first needed, and kept as long as the practice's key. */
        private final Map<Column, Secret> indexes = new ConcurrentHashMap<>();

        private record Column(String table, String name) {}

        Version(int number, Secret practiceKey) {
            this.number = number;
            this.practiceKey = practiceKey;
            this.wrapping = new DataKey(number, Hkdf.derive(practiceKey, "client-keys"));
            for (Purpose purpose : Purpose.values()) {
                purposes.put(purpose, new DataKey(number, Hkdf.derive(practiceKey, "purpose", purpose.label())));
            }
        }

        /** Wraps clients' keys. */
        DataKey wrapping() {
            return wrapping;
        }

        DataKey purpose(Purpose purpose) {
            return Objects.requireNonNull(purposes.get(purpose));
        }

        Secret index(String table, String column) {
            return indexes.computeIfAbsent(
                    new Column(table, column),
                    absent -> Hkdf.derive(practiceKey, "idx", table, column, Integer.toString(number)));
        }
    }

    PracticeKeys {
        versions = Map.copyOf(versions);
        indexBits = Collections.unmodifiableSortedMap(indexBits);
    }

    /** Whether the practice has no keys at all. */
    boolean isNone() {
        return versions.isEmpty() && newestAccepted == 0 && indexBits.isEmpty();
    }

    Optional<Version> find(int version) {
        return Optional.ofNullable(versions.get(version));
    }

    /** The keys of a column's blind index, of the versions in service, ascending; empty when one of these cannot be opened. */
    Optional<List<IndexKey>> indexKeys(String table, String column) {
        List<IndexKey> keys = new ArrayList<>();
        for (Map.Entry<Integer, Integer> inService : indexBits.entrySet()) {
            Version version = versions.get(inService.getKey());
            if (version == null) {
                return Optional.empty();
            }
            keys.add(new IndexKey(version.number, inService.getValue(), version.index(table, column)));
        }
        return Optional.of(keys);
    }
}
