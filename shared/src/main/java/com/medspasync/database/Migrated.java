package com.medspasync.database;

import java.util.List;

/**
 * What a {@link Migrator} found to do. A second run finds nothing.
 *
 * @param version the schema's version now
 * @param migrations how many were applied
 * @param partitions how many were made
 * @param seeded the names of the seeds that were planted
 */
public record Migrated(String version, int migrations, int partitions, List<String> seeded) {

    public Migrated {
        seeded = List.copyOf(seeded);
    }

    /** Whether everything was there already. */
    public boolean nothing() {
        return migrations == 0 && partitions == 0 && seeded.isEmpty();
    }
}
