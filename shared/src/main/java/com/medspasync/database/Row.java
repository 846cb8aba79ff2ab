package com.medspasync.database;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result, read by column name. A method without {@code OrNull} throws {@link DatabaseFault} on null, as all do when the
 * column is missing or of another type. Valid only while its {@link RowMapper} runs, in that thread.
 */
public final class Row {

    private final ResultSet result;

    Row(ResultSet result) {
        this.result = result;
    }

    public String text(String column) {
        return required(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) {
        return read(column, ResultSet::getString);
    }

    public UUID uuid(String column) {
        return required(column, uuidOrNull(column));
    }

    public @Nullable UUID uuidOrNull(String column) {
        return read(column, (row, index) -> row.getObject(index, UUID.class));
    }

    public byte[] bytes(String column) {
        return required(column, bytesOrNull(column));
    }

    public byte @Nullable [] bytesOrNull(String column) {
        return read(column, ResultSet::getBytes);
    }

    public int integer(String column) {
        return required(column, integerOrNull(column));
    }

    public @Nullable Integer integerOrNull(String column) {
        return read(column, (row, index) -> {
            int value = row.getInt(index);
            return row.wasNull() ? null : value;
        });
    }

    public long bigint(String column) {
        return required(column, bigintOrNull(column));
    }

    public @Nullable Long bigintOrNull(String column) {
        return read(column, (row, index) -> {
            long value = row.getLong(index);
            return row.wasNull() ? null : value;
        });
    }

    public boolean bool(String column) {
        return required(column, boolOrNull(column));
    }

    public @Nullable Boolean boolOrNull(String column) {
        // Not getBoolean, which logs what it cannot convert.
        String value = textOrNull(column);
        return switch (value) {
            case null -> null;
            case "t" -> Boolean.TRUE;
            case "f" -> Boolean.FALSE;
            default -> throw unreadable(column);
        };
    }

    /** A timestamptz, to the microsecond. */
    public Instant instant(String column) {
        return required(column, instantOrNull(column));
    }

    /** A timestamptz, to the microsecond. */
    public @Nullable Instant instantOrNull(String column) {
        OffsetDateTime value = read(column, (row, index) -> row.getObject(index, OffsetDateTime.class));
        return value == null ? null : value.toInstant();
    }

    public LocalDate date(String column) {
        return required(column, dateOrNull(column));
    }

    public @Nullable LocalDate dateOrNull(String column) {
        return read(column, (row, index) -> row.getObject(index, LocalDate.class));
    }

    public BigDecimal numeric(String column) {
        return required(column, numericOrNull(column));
    }

    public @Nullable BigDecimal numericOrNull(String column) {
        return read(column, ResultSet::getBigDecimal);
    }

    /** The text of a json or jsonb. */
    public String json(String column) {
        return text(column);
    }

    /** The text of a json or jsonb. */
    public @Nullable String jsonOrNull(String column) {
        return textOrNull(column);
    }

    /** A text[] without null elements. */
    public List<String> texts(String column) {
        return required(column, textsOrNull(column));
    }

    /** A text[] without null elements. */
    public @Nullable List<String> textsOrNull(String column) {
        return elements(column, String[].class);
    }

    /** A uuid[] without null elements. */
    public List<UUID> uuids(String column) {
        return required(column, uuidsOrNull(column));
    }

    /** A uuid[] without null elements. */
    public @Nullable List<UUID> uuidsOrNull(String column) {
        return elements(column, UUID[].class);
    }

    private <T> @Nullable List<T> elements(String column, Class<T[]> type) {
        T[] elements = read(column, (row, index) -> {
            Array array = row.getArray(index);
            return array == null ? null : type.cast(array.getArray());
        });
        if (elements == null) {
            return null;
        }
        if (Arrays.asList(elements).contains(null)) {
            throw new DatabaseFault("column " + column + " has a null element");
        }
        return List.of(elements);
    }

    private interface Read<T extends @Nullable Object> {
        T from(ResultSet row, int index) throws SQLException;
    }

    private <T extends @Nullable Object> T read(String column, Read<T> read) {
        try {
            return read.from(result, result.findColumn(column));
        } catch (SQLException | ClassCastException e) {
            throw unreadable(column);
        }
    }

    /** Without the driver's exception, which quotes the value it could not convert. */
    private static DatabaseFault unreadable(String column) {
        return new DatabaseFault("column " + column + " cannot be read as asked");
    }

    private static <T> T required(String column, @Nullable T value) {
        if (value == null) {
            throw new DatabaseFault("column " + column + " is null");
        }
        return value;
    }

    /** Nothing of the row. */
    @Override
    public String toString() {
        return "a row";
    }
}
