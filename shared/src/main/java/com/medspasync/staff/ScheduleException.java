package com.medspasync.staff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.idempotency.KeptJson;
import com.medspasync.input.Json;
import com.medspasync.schedule.DayHours;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Days on which other hours hold than the week's.
 *
 * @param staffId whose; null for the whole practice
 * @param firstDay by the practice's calendar
 * @param lastDay inclusive, at most {@link ExceptionDraft#MOST_DAYS} days in all
 * @param hours of each of the days; none for days off
 * @param label what they are, for people
 */
public record ScheduleException(
        UUID id,
        @Nullable UUID staffId,
        LocalDate firstDay,
        LocalDate lastDay,
        DayHours hours,
        @Nullable String label,
        int version,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLUMNS = "id, staff_id, first_day, last_day, hours, label, version, created_at, updated_at";

    /** Reads {@link #COLUMNS}. */
    static ScheduleException of(Row row) {
        return new ScheduleException(
                row.uuid("id"),
                row.uuidOrNull("staff_id"),
                row.date("first_day"),
                row.date("last_day"),
                hours(row.json("hours")),
                row.textOrNull("label"),
                row.integer("version"),
                row.instant("created_at"),
                row.instant("updated_at"));
    }

    /** A new one. */
    static ScheduleException of(UUID id, ExceptionDraft draft, Instant now) {
        return new ScheduleException(
                id, draft.staffId(), draft.firstDay(), draft.lastDay(), draft.hours(), draft.label(), 1, now, now);
    }

    /** Binds the parameters of an insertion. */
    Query bind(Query query) {
        return query.uuid("id", id)
                .uuid("staff_id", staffId)
                .date("first_day", firstDay)
                .date("last_day", lastDay)
                .json("hours", Json.write(hours.json()))
                .text("label", label)
                .instant("now", createdAt);
    }

    /** What is kept, encrypted, for repeats of the request that created it. */
    byte[] kept() {
        ObjectNode json = KeptJson.object();
        json.put("id", id.toString());
        json.put("staffId", staffId == null ? null : staffId.toString());
        json.put("firstDay", firstDay.toString());
        json.put("lastDay", lastDay.toString());
        json.put("hours", Json.write(hours.json()));
        json.put("label", label);
        json.put("version", version);
        json.put("createdAt", createdAt.toString());
        json.put("updatedAt", updatedAt.toString());
        return KeptJson.write(json);
    }

    /** Reads what {@link #kept} wrote. */
    static ScheduleException of(byte[] kept) {
        JsonNode json = KeptJson.read(kept);
        String staffId = json.path("staffId").textValue();
        return new ScheduleException(
                UUID.fromString(json.required("id").textValue()),
                staffId == null ? null : UUID.fromString(staffId),
                LocalDate.parse(json.required("firstDay").textValue()),
                LocalDate.parse(json.required("lastDay").textValue()),
                hours(json.required("hours").textValue()),
                json.path("label").textValue(),
                json.required("version").intValue(),
                Instant.parse(json.required("createdAt").textValue()),
                Instant.parse(json.required("updatedAt").textValue()));
    }

    private static DayHours hours(String json) {
        return DayHours.of(KeptJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }
}
