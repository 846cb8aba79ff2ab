package com.medspasync.database;

import com.medspasync.tenant.Caller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends settings, statement and guard in one round trip and reads the statement's result. */
final class Pipeline {

    private Pipeline() {}

    /** Reads the statement's result: its rows, or null and the number of rows it changed. */
    interface Reader<R> {
        R read(@Nullable ResultSet rows, long changed) throws SQLException;
    }

    static <R> R run(Connection connection, Caller caller, Query query, Reader<R> reader) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(query.sql().pipeline(caller))) {
            query.bindTo(statement, caller);
            // All three results have arrived, and the guard has passed, when this returns.
            statement.execute();
            if (statement.getMoreResults()) {
                try (ResultSet rows = statement.getResultSet()) {
                    return reader.read(rows, -1);
                }
            }
            return reader.read(null, statement.getLargeUpdateCount());
        }
    }

    static <T> Reader<Optional<T>> first(Query query, RowMapper<T> mapper) {
        return (rows, changed) -> {
            ResultSet result = required(rows, query);
            return result.next() ? Optional.of(mapper.map(new Row(result))) : Optional.empty();
        };
    }

    static <T> Reader<T> one(Query query, RowMapper<T> mapper) {
        return (rows, changed) -> {
            ResultSet result = required(rows, query);
            if (!result.next()) {
                throw new DatabaseFault("no row, where there is always one, from: " + query);
            }
            T value = mapper.map(new Row(result));
            if (result.next()) {
                throw new DatabaseFault("more than one row from: " + query);
            }
            return value;
        };
    }

    static <T> Reader<List<T>> list(Query query, RowMapper<T> mapper) {
        return (rows, changed) -> {
            ResultSet result = required(rows, query);
            Row row = new Row(result);
            List<T> values = new ArrayList<>();
            while (result.next()) {
                values.add(mapper.map(row));
            }
            return values;
        };
    }

    static Reader<Long> changed(Query query) {
        return (rows, changed) -> {
            if (rows != null) {
                throw new DatabaseFault("returns rows, which nobody reads: " + query);
            }
            return changed;
        };
    }

    private static ResultSet required(@Nullable ResultSet rows, Query query) {
        if (rows == null) {
            throw new DatabaseFault("returns no rows (add a returning clause): " + query);
        }
        return rows;
    }
}
