package com.medspasync.services;

import com.medspasync.database.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service of a practice.
 *
 * @param category by which staff members say what they may give
 * @param duration of an appointment in minutes, 1 to {@link ServiceDraft#MOST_MINUTES}
 * @param bufferBefore for how many minutes before an appointment the staff member is taken too
 * @param bufferAfter the same after it
 * @param price with two decimals, in the practice's currency
 * @param active whether it can be booked
 */
public record Service(
        UUID id,
        String name,
        String category,
        @Nullable String description,
        int duration,
        int bufferBefore,
        int bufferAfter,
        BigDecimal price,
        boolean active,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS =
            "id, name, category, description, duration, buffer_before, buffer_after, price, active, version, created_at, updated_at";

    /** Reads {@link #COLUMNS}. */
    static Service of(Row row) {
        return new Service(
                row.uuid("id"),
                row.text("name"),
                row.text("category"),
                row.textOrNull("description"),
                row.integer("duration"),
                row.integer("buffer_before"),
                row.integer("buffer_after"),
                row.numeric("price"),
                row.bool("active"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** A new one. */
    static Service of(UUID id, ServiceDraft draft, Instant now) {
        return new Service(
                id,
                draft.name(),
                draft.category(),
                draft.description(),
                draft.duration(),
                draft.bufferBefore(),
                draft.bufferAfter(),
                draft.price(),
                draft.active(),
                1,
                now,
                now);
    }
}
