package com.medspasync.database;

import com.medspasync.tenant.Caller;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Sql} with its values. Every name is bound exactly once; null is a value.
 *
 * <p>Each method always sends one PostgreSQL type, null or not: text for all but {@link #bytes}, {@link #integer}, {@link #bigint} and
 * {@link #bool}. A type that is unspecified, or that changes between executions, costs the driver a second round trip, in which the
 * practice is no longer set.
 *
 * <p>Not safe for threads while it is being bound; may be run any number of times.
 */
public final class Query {

    private enum Kind {
        UNBOUND,
        TEXT,
        BYTES,
        INTEGER,
        BIGINT,
        BOOL
    }

    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END_OF_INSTANTS = Instant.parse("9999-12-31T23:59:59.999999Z");

    private final Sql sql;
    private final @Nullable Object[] values;
    private final Kind[] kinds;

    Query(Sql sql) {
        this.sql = sql;
        int count = sql.parameterCount();
        this.values = new @Nullable Object[count];
        this.kinds = new Kind[count];
        java.util.Arrays.fill(kinds, Kind.UNBOUND);
    }

    public Query text(String name, @Nullable String value) {
        return put(name, Kind.TEXT, value);
    }

    /** For {@code :name::uuid}. */
    public Query uuid(String name, @Nullable UUID value) {
        return put(name, Kind.TEXT, value == null ? null : value.toString());
    }

    /** Binds bytea; the array is not copied. */
    public Query bytes(String name, byte @Nullable [] value) {
        return put(name, Kind.BYTES, value);
    }

    public Query integer(String name, @Nullable Integer value) {
        return put(name, Kind.INTEGER, value);
    }

    public Query bigint(String name, @Nullable Long value) {
        return put(name, Kind.BIGINT, value);
    }

    public Query bool(String name, @Nullable Boolean value) {
        return put(name, Kind.BOOL, value);
    }

    /**
     * For {@code :name::timestamptz}, which keeps microseconds.
     *
     * @throws IllegalArgumentException outside the years 1 to 9999
     */
    public Query instant(String name, @Nullable Instant value) {
        if (value != null && (value.isBefore(FIRST_INSTANT) || value.isAfter(END_OF_INSTANTS))) {
            throw new IllegalArgumentException(":" + name + " lies outside the years 1 to 9999");
        }
        return put(name, Kind.TEXT, value == null ? null : value.toString());
    }

    /**
     * For {@code :name::date}.
     *
     * @throws IllegalArgumentException outside the years 1 to 9999
     */
    public Query date(String name, @Nullable LocalDate value) {
        if (value != null && (value.getYear() < 1 || value.getYear() > 9999)) {
            throw new IllegalArgumentException(":" + name + " lies outside the years 1 to 9999");
        }
        return put(name, Kind.TEXT, value == null ? null : value.toString());
    }

    /** For {@code :name::numeric}. */
    public Query numeric(String name, @Nullable BigDecimal value) {
        return put(name, Kind.TEXT, value == null ? null : value.toPlainString());
    }

    /** JSON text, for {@code :name::jsonb}. */
    public Query json(String name, @Nullable String value) {
        return put(name, Kind.TEXT, value);
    }

    /** For {@code :name::text[]}. */
    public Query texts(String name, @Nullable Collection<String> values) {
        return put(name, Kind.TEXT, values == null ? null : ArrayText.of(values));
    }

    /** For {@code :name::uuid[]}. */
    public Query uuids(String name, @Nullable Collection<UUID> values) {
        return put(name, Kind.TEXT, values == null ? null : ArrayText.of(values));
    }

    /** For {@code :name::int[]}. */
    public Query integers(String name, @Nullable Collection<Integer> values) {
        return put(name, Kind.TEXT, values == null ? null : ArrayText.of(values));
    }

    /** For {@code :name::bytea[]}. */
    public Query bytesList(String name, @Nullable Collection<? extends byte @Nullable []> values) {
        if (values == null) {
            return put(name, Kind.TEXT, null);
        }
        List<@Nullable String> texts = new ArrayList<>(values.size());
        for (byte[] bytes : values) {
            texts.add(bytes == null ? null : "\\x" + HexFormat.of().formatHex(bytes));
        }
        return put(name, Kind.TEXT, ArrayText.of(texts));
    }

    private Query put(String name, Kind kind, @Nullable Object value) {
        int index = sql.indexOf(name);
        if (kinds[index] != Kind.UNBOUND) {
            throw new IllegalStateException(":" + name + " is bound twice in: " + sql);
        }
        kinds[index] = kind;
        values[index] = value;
        return this;
    }

    Sql sql() {
        return sql;
    }

    /** @throws IllegalStateException if a name has no value yet */
    void requireComplete() {
        for (int i = 0; i < kinds.length; i++) {
            if (kinds[i] == Kind.UNBOUND) {
                throw new IllegalStateException(":" + sql.name(i) + " is not bound in: " + sql);
            }
        }
    }

    /** Fills in all markers of the pipeline: first the settings, then the statement's own. */
    void bindTo(PreparedStatement statement, Caller caller) throws SQLException {
        @Nullable String[] settings = Sql.settings(caller);
        for (int i = 0; i < settings.length; i++) {
            String setting = settings[i];
            bind(statement, i + 1, Kind.TEXT, setting == null && i < Sql.TEXT_SETTINGS ? "" : setting);
        }
        @Nullable String[] reserved = Sql.reserved(caller);
        int[] markers = sql.markers();
        for (int i = 0; i < markers.length; i++) {
            int position = settings.length + 1 + i;
            int marker = markers[i];
            if (marker < 0) {
                bind(statement, position, Kind.TEXT, reserved[~marker]);
            } else {
                bind(statement, position, kinds[marker], values[marker]);
            }
        }
    }

    private static void bind(PreparedStatement statement, int position, Kind kind, @Nullable Object value)
            throws SQLException {
        switch (kind) {
            case TEXT -> {
                if (value == null) {
                    statement.setNull(position, Types.VARCHAR);
                } else {
                    statement.setString(position, (String) value);
                }
            }
            case BYTES -> {
                if (value == null) {
                    statement.setNull(position, Types.VARBINARY);
                } else {
                    statement.setBytes(position, (byte[]) value);
                }
            }
            case INTEGER -> {
                if (value == null) {
                    statement.setNull(position, Types.INTEGER);
                } else {
                    statement.setInt(position, (Integer) value);
                }
            }
            case BIGINT -> {
                if (value == null) {
                    statement.setNull(position, Types.BIGINT);
                } else {
                    statement.setLong(position, (Long) value);
                }
            }
            case BOOL -> {
                if (value == null) {
                    statement.setNull(position, Types.BOOLEAN);
                } else {
                    statement.setBoolean(position, (Boolean) value);
                }
            }
            case UNBOUND -> throw new IllegalStateException("parameter " + position + " is not bound");
        }
    }

    /** The statement, never its values. */
    @Override
    public String toString() {
        return sql.toString();
    }
}
