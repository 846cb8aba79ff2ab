package com.medspasync.clients;

import com.medspasync.database.RowMapper;
import com.medspasync.database.Sql;

/**
 * What a statement that reads a client brings along of another feature, in the same round trip.
 *
 * @param sql of {@link #statement}
 * @param mapper reads it from the client's row
 * @param name of it, as the audit keeps it
 */
public record Alongside<T>(Sql sql, RowMapper<T> mapper, String name) {

    /**
     * The statement that reads a client with more, to be held in a static field.
     *
     * @param column one more to be selected beside {@code found}, the client's row: an expression of SQL and its name
     */
    public static Sql statement(String column) {
        return ClientReader.statement(", " + column);
    }

    /** A client, and what came along. */
    public record Accompanied<T>(ClientView client, T more) {}
}
