package com.medspasync.maskedcopy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.crypto.Envelope;
import com.medspasync.database.Row;
import com.medspasync.maskedcopy.CopiedTable.Column;
import com.medspasync.maskedcopy.MadeUp.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the copy's row of a row, column by column as {@link CopiedTable} says. What is null is left out. Thread-safe. */
final class RowMasker {

    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Of those that several states share. */
    private static final Set<String> WIDE_ZONES = Set.of(
            "UTC",
            "America/New_York",
            "America/Chicago",
            "America/Denver",
            "America/Phoenix",
            "America/Los_Angeles",
            "America/Anchorage",
            "Pacific/Honolulu");

    private static final String SOME_ZONE = "UTC";

    private final CopiedTable table;
    private final Pseudonyms pseudonyms;
    private final MadeUp madeUp;
    private final BirthDates births;
    private final LocalDate today;

    /** @param today when nobody in the copy is older than 89 */
    RowMasker(CopiedTable table, Pseudonyms pseudonyms, MadeUp madeUp, BirthDates births, LocalDate today) {
        this.table = table;
        this.pseudonyms = pseudonyms;
        this.madeUp = madeUp;
        this.births = births;
        this.today = today;
    }

    /** @param ordinal how many rows of the table came before, from 0 */
    ObjectNode mask(Row row, long ordinal) {
        UUID id = row.uuid("id");
        Entity shifted = table.shiftedBy().equals("practice_id") ? Entity.PRACTICE : Entity.CLIENT;
        DateShift shift = pseudonyms.shift(shifted, row.uuid(table.shiftedBy()));
        UUID login = table == CopiedTable.STAFF ? row.uuid("user_id") : id;
        Subject subject = new Subject(
                pseudonyms.seed(table.entity(), id),
                pseudonyms.id(table.entity(), id),
                pseudonyms.id(Entity.USER, login),
                ordinal);
        ObjectNode masked = NODES.objectNode();
        for (Column column : table.columns()) {
            JsonNode value = value(row, column, subject, shift);
            if (value != null) {
                masked.set(column.name(), value);
            }
        }
        return masked;
    }

    private @Nullable JsonNode value(Row row, Column column, Subject subject, DateShift shift) {
        String name = column.name();
        return switch (column.treatment()) {
            case Treatment.Kept(Treatment.Type type) -> kept(row, name, type);
            case Treatment.Pseudonym(Entity entity) ->
                NODES.textNode(pseudonyms.id(entity, row.uuid(name)).toString());
            case Treatment.Shifted() -> shifted(row.instantOrNull(name), shift);
            case Treatment.ShiftedBirth() -> birth(row, name, shift);
            case Treatment.MadeUp(Treatment.Invention invention) ->
                row.bool(name) ? madeUp.of(invention, subject) : null;
            case Treatment.MadeUpLines(boolean encrypted, int most) -> {
                Integer length = row.integerOrNull(name);
                yield length == null
                        ? null
                        : NODES.textNode(MadeUpText.of(
                                encrypted ? length - Envelope.OVERHEAD : length, most, subject.draws(name)));
            }
            case Treatment.MadeUpWord() -> NODES.textNode(madeUp.word(table.table() + "." + name, row.text(name)));
            case Treatment.MadeUpList() -> list(row.integer(name));
            case Treatment.Parts(KeptJson parts) -> parts(row.jsonOrNull(name), parts);
            case Treatment.TimeZone() ->
                NODES.textNode(WIDE_ZONES.contains(row.text(name)) ? row.text(name) : SOME_ZONE);
            case Treatment.Dropped() -> null;
        };
    }

    private static @Nullable JsonNode kept(Row row, String name, Treatment.Type type) {
        return switch (type) {
            case CHOICE -> {
                String choice = row.textOrNull(name);
                yield choice == null ? null : NODES.textNode(choice);
            }
            case INTEGER -> {
                Integer number = row.integerOrNull(name);
                yield number == null ? null : NODES.numberNode(number);
            }
            case BOOLEAN -> NODES.booleanNode(row.bool(name));
            case AMOUNT -> {
                var amount = row.numericOrNull(name);
                yield amount == null ? null : DecimalNode.valueOf(amount);
            }
        };
    }

    private static @Nullable JsonNode shifted(@Nullable Instant real, DateShift shift) {
        return real == null ? null : NODES.textNode(shift.of(real).toString());
    }

    private @Nullable JsonNode birth(Row row, String name, DateShift shift) {
        byte[] sealed = row.bytesOrNull(name);
        byte[] keys = row.bytesOrNull(TableReader.KEYS);
        // Whose key is deleted is forgotten here too.
        return sealed == null || keys == null
                ? null
                : births.open(row.uuid("id"), keys, sealed)
                        .<JsonNode>map(
                                real -> NODES.textNode(shift.birth(real, today).toString()))
                        .orElse(null);
    }

    private static ArrayNode list(int size) {
        ArrayNode list = NODES.arrayNode();
        for (int i = 1; i <= size; i++) {
            list.add("Speciality " + i);
        }
        return list;
    }

    private static @Nullable JsonNode parts(@Nullable String json, KeptJson parts) {
        if (json == null) {
            return null;
        }
        try {
            return parts.of(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            // Without its message, which quotes what it could not read.
            throw new IllegalStateException("a jsonb column does not hold JSON");
        }
    }
}
