package com.medspasync.clients;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.UnknownKeyVersion;
import com.medspasync.history.AuditValues;
import com.medspasync.history.FieldChange;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.masking.ClientField;
import com.medspasync.masking.Masks;
import com.medspasync.masking.Sight;
import com.medspasync.masking.Visibility;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Permission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns' values that the audit kept of one client into the fields that people know, as far as one caller sees them: as much
 * as of the record itself, and nothing that is encrypted without the permission for histories.
 */
final class HistoryReader {

    private static final JsonMapper JSON = new JsonMapper();

    /** The columns that are stored as they are and say something of the person. */
    private static final Map<String, ClientField> PLAIN = Map.of(
            "first_name", ClientField.FIRST_NAME,
            "last_name", ClientField.LAST_NAME,
            "email", ClientField.EMAIL,
            "phone", ClientField.PHONE);

    private static final String STATUS = "status";

    private final ClientCipher cipher;
    private final Caller caller;
    private final Sight sight;
    private final UUID client;
    private final DataKeys keys;

    HistoryReader(ClientCipher cipher, Caller caller, UUID client, WrappedKeys wrapped) {
        this.cipher = cipher;
        this.caller = caller;
        this.sight = Sight.of(caller, client);
        this.client = client;
        this.keys = cipher.keys(caller.practice(), client, wrapped);
    }

    /** The audit's details that say which fields a history shows {@code caller} only for its purpose. */
    static @Nullable String unmasked(Caller caller, UUID client) {
        return Sight.of(caller, client)
                .unmasked(caller.may(Permission.CLIENT_HISTORY) ? ClientField.all() : ClientField.listed());
    }

    /** In the order of the fields' names. Whether the client was deleted shows in what was done. */
    List<FieldChange> changes(JsonNode before, JsonNode after) {
        List<FieldChange> changes = new ArrayList<>();
        if (before.has(STATUS) || after.has(STATUS)) {
            changes.add(new FieldChange(
                    STATUS, AuditValues.value(before, STATUS), AuditValues.value(after, STATUS), Visibility.FULL));
        }
        PLAIN.forEach((column, field) -> {
            if (before.has(column) || after.has(column)) {
                changes.add(change(
                        field,
                        AuditValues.value(before, column),
                        AuditValues.value(after, column),
                        text -> shown(field, text)));
            }
        });
        for (SealedColumn column : SealedColumn.values()) {
            if (before.has(column.column()) || after.has(column.column())) {
                changes.add(sealedChange(
                        column, AuditValues.value(before, column.column()), AuditValues.value(after, column.column())));
            }
        }
        changes.sort(Comparator.comparing(FieldChange::field));
        return changes;
    }

    private FieldChange sealedChange(SealedColumn column, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (!caller.may(Permission.CLIENT_HISTORY)) {
            return FieldChange.withheld(column.field().text());
        }
        try {
            return change(column.field(), before, after, value -> shown(column, opened(column, value)));
        } catch (UnknownKeyVersion deleted) {
            // The client's key is gone, and with it what it encrypted, here as in the record: that is what deleting it
            // is for.
            return FieldChange.withheld(column.field().text());
        }
    }

    /** @param reader of a value's text; never asked when the caller does not see the field */
    private FieldChange change(
            ClientField field, @Nullable JsonNode before, @Nullable JsonNode after, Function<String, JsonNode> reader) {
        Visibility visibility = sight.of(field);
        return visibility == Visibility.WITHHELD
                ? FieldChange.withheld(field.text())
                : new FieldChange(
                        field.text(),
                        before == null ? null : reader.apply(before.textValue()),
                        after == null ? null : reader.apply(after.textValue()),
                        visibility);
    }

    private String opened(SealedColumn column, String sealed) {
        return cipher.open(caller.practice(), client, keys, column, AuditValues.bytes(sealed));
    }

    private JsonNode shown(ClientField plain, String text) {
        if (sight.of(plain) == Visibility.FULL) {
            return TextNode.valueOf(text);
        }
        return TextNode.valueOf(
                switch (plain) {
                    case EMAIL -> Masks.email(text);
                    case PHONE -> Masks.phone(text);
                    default -> Masks.HIDDEN;
                });
    }

    private JsonNode shown(SealedColumn column, String text) {
        boolean full = sight.of(column.field()) == Visibility.FULL;
        return switch (column) {
            case ADDRESS -> {
                Address address = ClientCipher.address(text);
                yield full ? address.toJson() : JSON.valueToTree(AddressView.masked(address));
            }
            case EMERGENCY_CONTACT -> {
                EmergencyContact contact = ClientCipher.emergencyContact(text);
                yield full ? contact.toJson() : JSON.valueToTree(EmergencyContactView.masked(contact));
            }
            case SSN -> TextNode.valueOf(full ? new Ssn(text).formatted() : Masks.ssn(text));
            case DATE_OF_BIRTH -> TextNode.valueOf(full ? text : Masks.date(text));
            case MEDICAL_HISTORY, NOTES -> TextNode.valueOf(full ? text : Masks.HIDDEN);
        };
    }
}
