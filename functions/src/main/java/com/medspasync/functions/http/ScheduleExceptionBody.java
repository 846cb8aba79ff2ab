package com.medspasync.functions.http;

import com.medspasync.staff.ScheduleException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Days with other hours as the API shows them (schema {@code ScheduleException} of the contract). What is null is left out.
 *
 * @param etag in lists, where there is no header for it
 */
record ScheduleExceptionBody(
        UUID id,
        @Nullable UUID staffId,
        LocalDate firstDay,
        LocalDate lastDay,
        List<Map<String, String>> hours,
        @Nullable String label,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String etag) {

    static ScheduleExceptionBody of(ScheduleException exception, @Nullable String etag) {
        return new ScheduleExceptionBody(
                exception.id(),
                exception.staffId(),
                exception.firstDay(),
                exception.lastDay(),
                exception.hours().json(),
                exception.label(),
                exception.createdAt(),
                exception.updatedAt(),
                etag);
    }
}
