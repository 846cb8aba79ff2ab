package com.medspasync.crypto;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One practice's key, in all its versions, as it was at one moment. Immutable and thread-safe.
 *
 * @param newestAccepted the version to encrypt under; 0 when none may
 */
record PracticeKeys(Map<Integer, Version> versions, int newestAccepted) {

    /** One version. The practice's own key only derives others; it never encrypts anything itself. */
    static final class Version {

        private final int number;
        private final Secret practiceKey;
        private final DataKey wrapping;
        private final Map<Purpose, DataKey> purposes = new EnumMap<>(Purpose.class);

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

        DataKey index(String table, String column) {
            return new DataKey(number, Hkdf.derive(practiceKey, "idx", table, column, Integer.toString(number)));
        }
    }

    PracticeKeys {
        versions = Map.copyOf(versions);
    }

    Optional<Version> find(int version) {
        return Optional.ofNullable(versions.get(version));
    }
}
