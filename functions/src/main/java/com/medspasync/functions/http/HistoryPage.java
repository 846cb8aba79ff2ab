package com.medspasync.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.history.FieldChange;
import com.medspasync.history.HistoryEntry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One page of a client's history as the API shows it, the newest first. */
record HistoryPage(List<Entry> value, @Nullable String nextLink) {

    /** One change, and who made it. */
    record Entry(
            UUID id,
            Instant at,
            HistoryEntry.Action action,
            @Nullable UUID userId,
            @Nullable String userEmail,
            @Nullable String address,
            @Nullable UUID requestId,
            List<Change> changes,
            boolean erased) {

        static Entry of(HistoryEntry entry) {
            return new Entry(
                    entry.id(),
                    entry.at(),
                    entry.action(),
                    entry.user(),
                    entry.userEmail(),
                    entry.address(),
                    entry.requestId(),
                    entry.changes().stream().map(Change::of).toList(),
                    entry.erased());
        }
    }

    /** What happened to one field. */
    record Change(
            String field,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            boolean masked,
            boolean withheld) {

        static Change of(FieldChange change) {
            return new Change(change.field(), change.before(), change.after(), change.masked(), change.withheld());
        }

        /** Names the field and hides its values. */
        @Override
        public String toString() {
            return "Change[" + field + "]";
        }
    }

    static HistoryPage of(List<HistoryEntry> entries, @Nullable String nextLink) {
        return new HistoryPage(entries.stream().map(Entry::of).toList(), nextLink);
    }
}
