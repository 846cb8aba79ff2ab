package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs statements for one practice at a time: the only way to a connection, so that row-level security cannot be forgotten.
 *
 * <p>Each statement is one implicit transaction and one round trip: settings that name the practice and the caller, the statement, and
 * a guard that fails the trip if the two came apart (see {@link Sql}). The settings end with the transaction, however it ends.
 *
 * <p>Serialization failures and deadlocks, which roll everything back, are retried a few times. A lost connection is not: nobody knows
 * then whether a write took effect. All methods throw {@link DatabaseException}. Safe for threads.
 */
public final class PracticeDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PracticeDatabase.class);

    private static final int MOST_TRIES = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private static final Duration LONGER_THAN_THE_SERVER = Duration.ofSeconds(5);

    private static final Sql PATIENCE = Sql.of("select set_config('statement_timeout', :longest, true) as timeout");
    private static final Sql PING = Sql.of("select 1 as alive");
    private static final Sql SCHEMA_VERSION = Sql.of("""
            select version
            from flyway_schema_history
            where success and version is not null
            order by installed_rank desc
            limit 1""");

    private static final Caller PLATFORM = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, new UUID(0, 0)));

    private final Pool pool;

    PracticeDatabase(Pool pool) {
        this.pool = pool;
    }

    /** Opens the pool; does not wait for the database, which may come later. */
    public static PracticeDatabase open(DatabaseSettings settings) {
        return new PracticeDatabase(Pool.open(settings));
    }

    /** The first row; empty when there is none. */
    public <T> Optional<T> first(Caller caller, Query query, RowMapper<T> mapper) {
        return run(caller, query, Pipeline.first(query, mapper));
    }

    /** The one row of a statement that always has one; another number is a {@link DatabaseFault}. */
    public <T> T one(Caller caller, Query query, RowMapper<T> mapper) {
        return run(caller, query, Pipeline.one(query, mapper));
    }

    /** All rows, in order. They are all held in memory: the statement bounds their number. */
    public <T> List<T> list(Caller caller, Query query, RowMapper<T> mapper) {
        return run(caller, query, Pipeline.list(query, mapper));
    }

    /** Runs a statement that returns no rows; the number of rows it changed. */
    public long update(Caller caller, Query query) {
        return run(caller, query, Pipeline.changed(query));
    }

    /**
     * Runs statements in one transaction, and commits unless {@code work} throws: one round trip for each and one for the commit, the
     * begin travels with the first. {@code work} runs again after a serialization failure or deadlock, so it does nothing but
     * use the transaction.
     */
    public <T> T inTransaction(Caller caller, Function<Transaction, T> work) {
        AtomicReference<Object> failed = new AtomicReference<>("a transaction");
        return trying(
                failed,
                connection -> transact(connection, new Transaction(connection, caller, failed::set), work),
                false);
    }

    /**
     * As {@link #inTransaction(Caller, Function)}, for work of the platform's own whose statements may take longer than those of requests.
     *
     * @param longest what the server may take for a statement; the connection waits five seconds more
     */
    public <T> T inTransaction(Caller caller, Duration longest, Function<Transaction, T> work) {
        AtomicReference<Object> failed = new AtomicReference<>("a transaction");
        Function<Transaction, T> patiently = transaction -> {
            transaction.one(
                    PATIENCE.bind().text("longest", Long.toString(longest.toMillis())), row -> row.text("timeout"));
            return work.apply(transaction);
        };
        return trying(
                failed,
                connection -> {
                    // The pool gives the connection its usual patience back.
                    connection.setNetworkTimeout(
                            Runnable::run,
                            Math.toIntExact(longest.plus(LONGER_THAN_THE_SERVER).toMillis()));
                    return transact(connection, new Transaction(connection, caller, failed::set), patiently);
                },
                false);
    }

    private <R> R run(Caller caller, Query query, Pipeline.Reader<R> reader) {
        query.requireComplete();
        return trying(query, connection -> Pipeline.run(connection, caller, query, reader), true);
    }

    private interface Attempt<R> {
        R on(Connection connection) throws SQLException;
    }

    private <R> R trying(Object what, Attempt<R> attempt, boolean commits) {
        for (int tries = 1; ; tries++) {
            SQLException failure;
            Connection connection = pool.connect();
            try {
                return attempt.on(connection);
            } catch (SQLException e) {
                pool.learnFrom(connection, e);
                failure = e;
            } finally {
                pool.release(connection);
            }
            if (!Failures.isWorthRepeating(failure) || tries == MOST_TRIES || !pause(tries)) {
                throw Failures.running(failure, what, commits);
            }
        }
    }

    private <T> T transact(Connection connection, Transaction transaction, Function<Transaction, T> work)
            throws SQLException {
        boolean committed = false;
        connection.setAutoCommit(false);
        try {
            T result = transaction.carryOut(work);
            commit(connection);
            committed = true;
            return result;
        } finally {
            if (!committed) {
                undo(connection);
            }
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Failures.isWorthRepeating(e)) {
                throw e;
            }
            pool.learnFrom(connection, e);
            throw Failures.running(e, "a commit", true);
        }
    }

    /** A connection that cannot be rolled back is thrown away, so that nothing of the transaction reaches its next user. */
    private void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.debug("a rollback failed (SQLSTATE {}); its connection is closed instead", e.getSQLState());
            pool.discard(connection);
        }
    }

    /** Waits a random while that doubles with each try; false if the thread was interrupted. */
    private static boolean pause(int tries) {
        long most = FIRST_PAUSE.toNanos() << tries;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
        return !Thread.currentThread().isInterrupted();
    }

    /** Whether the database answers, within the timeouts of the settings. */
    public void ping() {
        one(PLATFORM, PING.bind(), row -> row.integer("alive"));
    }

    /** The version of the newest migration that was applied; empty before the first. */
    public Optional<String> schemaVersion() {
        return first(PLATFORM, SCHEMA_VERSION.bind(), row -> row.text("version"));
    }

    /** Closes all connections; statements under way fail. */
    @Override
    public void close() {
        pool.close();
    }
}
