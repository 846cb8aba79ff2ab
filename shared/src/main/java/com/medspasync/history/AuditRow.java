package com.medspasync.history;

import com.medspasync.database.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit_logs} about a record. */
record AuditRow(
        UUID id,
        Instant at,
        HistoryEntry.Action action,
        @Nullable UUID user,
        @Nullable String userEmail,
        @Nullable String address,
        @Nullable UUID requestId,
        @Nullable String oldValues,
        @Nullable String newValues,
        boolean erased) {

    static AuditRow of(Row row) {
        return new AuditRow(
                row.uuid("id"),
                row.instant("timestamp"),
                HistoryEntry.Action.valueOf(row.text("action")),
                row.uuidOrNull("user_id"),
                row.textOrNull("user_email"),
                row.textOrNull("ip_address"),
                row.uuidOrNull("request_id"),
                row.jsonOrNull("old_values"),
                row.jsonOrNull("new_values"),
                row.instantOrNull("erased_at") != null);
    }

    HistoryEntry entry(RecordHistory.Reader reader) {
        return new HistoryEntry(
                id,
                at,
                action,
                user,
                userEmail,
                address,
                requestId,
                reader.changes(AuditValues.parse(oldValues), AuditValues.parse(newValues)),
                erased);
    }

    /** Hides the values. */
    @Override
    public String toString() {
        return "AuditRow[" + id + "]";
    }
}
