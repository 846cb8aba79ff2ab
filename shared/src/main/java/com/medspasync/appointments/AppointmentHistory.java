package com.medspasync.appointments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.history.AuditValues;
import com.medspasync.history.FieldChange;
import com.medspasync.history.HistoryEntry;
import com.medspasync.history.RecordHistory;
import com.medspasync.masking.Visibility;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.tenant.Caller;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads from the audit who changed an appointment, when and how; also of one that is deleted. */
final class AppointmentHistory {

    static final Sql PAGE = RecordHistory.statement("appointments", """
            select a.id, a.client_id
            from staff_bookings b
            join appointments a on a.practice_id = :practice::uuid and a.id = :id::uuid and a.date_time = b.starts_at
            where b.practice_id = :practice::uuid and b.appointment_id = :id::uuid""");

    private static final String TIME = "date_time";

    /** The columns that say nothing of the person, by their names in the API. */
    private static final Map<String, String> PLAIN = Map.ofEntries(
            Map.entry("client_id", "clientId"),
            Map.entry("service_id", "serviceId"),
            Map.entry("staff_id", "staffId"),
            Map.entry(TIME, "dateTime"),
            Map.entry("duration", "duration"),
            Map.entry("buffer_before", "bufferBefore"),
            Map.entry("buffer_after", "bufferAfter"),
            Map.entry("status", "status"),
            Map.entry("cancellation_reason", "cancellationReason"),
            Map.entry("late_cancellation", "lateCancellation"),
            Map.entry("price", "price"),
            Map.entry("payment_status", "paymentStatus"),
            Map.entry("reminder_sent", "reminderSent"));

    private final RecordHistory history;
    private final NotesCipher cipher;

    AppointmentHistory(PracticeDatabase database, NotesCipher cipher, Cursors cursors) {
        this.history = new RecordHistory(database, cursors, PAGE, "appointment");
        this.cipher = cipher;
    }

    Lookup<Listing<HistoryEntry>> page(Caller caller, UUID id, int top, @Nullable String cursor) {
        return history.page(caller, id, top, cursor, null, keyed -> {
            DataKeys keys = cipher.open(caller.practice(), keyed.client(), keyed.keys());
            boolean seen = NotesCipher.sees(caller, keyed.client());
            return (before, after) -> changes(
                    before,
                    after,
                    seen ? text -> cipher.open(caller.practice(), id, keys, AuditValues.bytes(text)) : null);
        });
    }

    /** Opens what the audit keeps of a note. */
    private interface Notes {
        String open(String text);
    }

    /** In the order of the fields' names. */
    private static List<FieldChange> changes(JsonNode before, JsonNode after, @Nullable Notes notes) {
        List<FieldChange> changes = new ArrayList<>();
        PLAIN.forEach((column, field) -> {
            if (before.has(column) || after.has(column)) {
                changes.add(new FieldChange(
                        field,
                        shown(column, AuditValues.value(before, column)),
                        shown(column, AuditValues.value(after, column)),
                        Visibility.FULL));
            }
        });
        if (before.has(NotesCipher.COLUMN) || after.has(NotesCipher.COLUMN)) {
            changes.add(ofNotes(
                    AuditValues.value(before, NotesCipher.COLUMN),
                    AuditValues.value(after, NotesCipher.COLUMN),
                    notes));
        }
        changes.sort(Comparator.comparing(FieldChange::field));
        return changes;
    }

    private static FieldChange ofNotes(@Nullable JsonNode before, @Nullable JsonNode after, @Nullable Notes notes) {
        if (notes == null) {
            return FieldChange.withheld(NotesCipher.COLUMN);
        }
        try {
            return new FieldChange(NotesCipher.COLUMN, opened(before, notes), opened(after, notes), Visibility.FULL);
        } catch (UnknownKeyVersion deleted) {
            // The client's key is gone, and with it what it encrypted: that is what deleting it is for.
            return FieldChange.withheld(NotesCipher.COLUMN);
        }
    }

    private static @Nullable JsonNode opened(@Nullable JsonNode value, Notes notes) {
        return value == null ? null : TextNode.valueOf(notes.open(value.textValue()));
    }

    /** Times as the API writes them. */
    private static @Nullable JsonNode shown(String column, @Nullable JsonNode value) {
        return value == null || !column.equals(TIME)
                ? value
                : TextNode.valueOf(
                        OffsetDateTime.parse(value.textValue()).toInstant().toString());
    }
}
