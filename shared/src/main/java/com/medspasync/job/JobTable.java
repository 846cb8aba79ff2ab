package com.medspasync.job;

import com.medspasync.database.Sql;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A table whose rows are jobs. Each belongs to the platform's practice, and has the columns that {@link Lease} works with: {@code status}
 * (PENDING, PROCESSING, COMPLETED, FAILED and what the feature adds), {@code error}, {@code done}, {@code fence}, {@code held_until},
 * {@code version}, {@code created_at}, {@code updated_at}, {@code completed_at}.
 */
public enum JobTable {
    /** Replacements of keys. */
    KEY_ROTATIONS("key_rotations"),
    /** Destructions of keys. */
    KEY_SHREDDINGS("key_shreddings"),
    /** Masked copies of practices. */
    MASKED_COPIES("masked_copies");

    private final String table;

    JobTable(String table) {
        this.table = table;
    }

    /** The table's name in SQL. */
    String table() {
        return table;
    }

    /** One statement for each table. */
    static Map<JobTable, Sql> statements(Function<String, String> text) {
        Map<JobTable, Sql> statements = new EnumMap<>(JobTable.class);
        for (JobTable job : values()) {
            statements.put(job, Sql.of(text.apply(job.table)));
        }
        return statements;
    }
}
