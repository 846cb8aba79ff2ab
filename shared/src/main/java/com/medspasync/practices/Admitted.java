package com.medspasync.practices;

import com.medspasync.database.Row;
import com.medspasync.tenant.PracticeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A practice as operators see it in the list of all.
 *
 * @param timeZone an IANA name
 * @param deletedAt when it was closed; null while it is not
 */
public record Admitted(
        PracticeId id,
        String name,
        String timeZone,
        Instant createdAt,
        @Nullable Instant deletedAt) {

    static Admitted of(Row row) {
        return new Admitted(
                new PracticeId(row.uuid("id")),
                row.text("name"),
                row.text("time_zone"),
                row.instant("created_at"),
                row.instantOrNull("deleted_at"));
    }
}
