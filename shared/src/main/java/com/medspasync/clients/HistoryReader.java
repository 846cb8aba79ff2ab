package com.medspasync.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the columns' values that the audit kept of one client into the fields that people know. */
final class HistoryReader {

    private static final JsonMapper JSON = new JsonMapper();

    /** How PostgreSQL writes a bytea in JSON. */
    private static final String HEX = "\\x";

    /** Every column that is shown, in the order of the record. Whether it is deleted shows in what was done. */
    private static final Map<String, String> PLAIN = Map.of(
            "first_name", "firstName", "last_name", "lastName", "email", "email", "phone", "phone", "status", "status");

    private static final Map<SealedColumn, String> SEALED = Map.of(
            SealedColumn.DATE_OF_BIRTH, "dateOfBirth",
            SealedColumn.SSN, "ssn",
            SealedColumn.ADDRESS, "address",
            SealedColumn.EMERGENCY_CONTACT, "emergencyContact",
            SealedColumn.MEDICAL_HISTORY, "medicalHistory",
            SealedColumn.NOTES, "notes");

    private final ClientCipher cipher;
    private final Caller caller;
    private final UUID client;
    private final DataKeys keys;

    HistoryReader(ClientCipher cipher, Caller caller, UUID client, WrappedKeys wrapped) {
        this.cipher = cipher;
        this.caller = caller;
        this.client = client;
        this.keys = cipher.keys(caller.practice(), client, wrapped);
    }

    HistoryEntry entry(ClientHistory.AuditRow row) {
        return new HistoryEntry(
                row.id(),
                row.at(),
                row.action(),
                row.user(),
                row.userEmail(),
                row.address(),
                row.requestId(),
                changes(parse(row.oldValues()), parse(row.newValues())),
                row.erased());
    }

    private List<FieldChange> changes(JsonNode before, JsonNode after) {
        List<FieldChange> changes = new ArrayList<>();
        PLAIN.forEach((column, field) -> {
            if (before.has(column) || after.has(column)) {
                changes.add(new FieldChange(field, value(before, column), value(after, column), false));
            }
        });
        SEALED.forEach((column, field) -> {
            if (before.has(column.column()) || after.has(column.column())) {
                changes.add(sealedChange(column, field, before, after));
            }
        });
        changes.sort(Comparator.comparing(FieldChange::field));
        return changes;
    }

    private FieldChange sealedChange(SealedColumn column, String field, JsonNode before, JsonNode after) {
        if (!caller.may(Permission.CLIENT_HISTORY)) {
            return new FieldChange(field, null, null, true);
        }
        try {
            return new FieldChange(field, opened(before, column), opened(after, column), false);
        } catch (UnknownKeyVersion deleted) {
            // The client's key is gone, and with it what it encrypted, here as in the record: that is what deleting it
            // is for.
            return new FieldChange(field, null, null, true);
        }
    }

    private @Nullable JsonNode opened(JsonNode values, SealedColumn column) {
        JsonNode value = value(values, column.column());
        if (value == null) {
            return null;
        }
        byte[] sealed = HexFormat.of().parseHex(value.textValue().substring(HEX.length()));
        String text = cipher.open(caller.practice(), client, keys, column, sealed);
        return switch (column) {
            case ADDRESS -> ClientCipher.address(text).toJson();
            case EMERGENCY_CONTACT -> ClientCipher.emergencyContact(text).toJson();
            case SSN -> TextNode.valueOf(new Ssn(text).formatted());
            case DATE_OF_BIRTH, MEDICAL_HISTORY, NOTES -> TextNode.valueOf(text);
        };
    }

    private static @Nullable JsonNode value(JsonNode values, String column) {
        JsonNode value = values.get(column);
        return value == null || value.isNull() ? null : value;
    }

    private static JsonNode parse(@Nullable String json) {
        if (json == null) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            // Without its message and cause, which quote the values.
            throw new IllegalStateException("a row of the audit is not JSON");
        }
    }
}
