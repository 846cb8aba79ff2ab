package com.medspasync.database;

import com.medspasync.tenant.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Statements that take effect together, or not at all. The same as on {@link PracticeDatabase}, each one round trip. Usable only by the
 * thread and during the call of {@link PracticeDatabase#inTransaction} that it was made for. After a statement has failed, no other can run.
 */
public final class Transaction {

    private final Connection connection;
    private final Caller caller;
    private final Consumer<Query> onFailure;
    private boolean ended;
    private @Nullable SQLException failure;

    /** @param onFailure told which statement failed */
    Transaction(Connection connection, Caller caller, Consumer<Query> onFailure) {
        this.connection = connection;
        this.caller = caller;
        this.onFailure = onFailure;
    }

    /** The first row; empty when there is none. */
    public <T> Optional<T> first(Query query, RowMapper<T> mapper) {
        return run(query, Pipeline.first(query, mapper));
    }

    /** The one row of a statement that always has one. */
    public <T> T one(Query query, RowMapper<T> mapper) {
        return run(query, Pipeline.one(query, mapper));
    }

    /** All rows, in order. */
    public <T> List<T> list(Query query, RowMapper<T> mapper) {
        return run(query, Pipeline.list(query, mapper));
    }

    /** Runs a statement that returns no rows; the number of rows it changed. */
    public long update(Query query) {
        return run(query, Pipeline.changed(query));
    }

    private <R> R run(Query query, Pipeline.Reader<R> reader) {
        if (ended) {
            throw new IllegalStateException("this transaction has ended");
        }
        if (failure != null) {
            throw new IllegalStateException("a statement of this transaction has failed");
        }
        query.requireComplete();
        try {
            return Pipeline.run(connection, caller, query, reader);
        } catch (SQLException e) {
            failure = e;
            onFailure.accept(query);
            throw Failures.running(e, query, false);
        }
    }

    /**
     * Hands itself to {@code work}, for the length of that call.
     *
     * @throws SQLException if a statement has failed, and {@code work} either let that out or hid it; so that whoever retries can see
     *     the reason. What {@code work} throws of its own goes through.
     */
    <T> T carryOut(Function<Transaction, T> work) throws SQLException {
        try {
            T result = work.apply(this);
            if (failure != null) {
                throw failure;
            }
            return result;
        } catch (DatabaseException e) {
            if (failure != null) {
                throw failure;
            }
            throw e;
        } finally {
            ended = true;
        }
    }
}
