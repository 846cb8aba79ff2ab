package com.medspasync.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bounded connection pool.
 *
 * <p>While the database is down, one caller at a time waits for a connection, with a second in between; all others fail at once, so that
 * an outage does not tie up a thread for each request. When one connection turns out to be lost, all idle ones are closed: a server that restarted
 * took them all with it. Safe for threads.
 */
final class Pool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    /** A connection used this recently is not tested with a round trip of its own before it is used again. */
    private static final Duration TRUSTED_WITHOUT_TEST = Duration.ofSeconds(30);

    private static final String TRUST_PROPERTY = "com.zaxxer.hikari.aliveBypassWindowMs";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HikariDataSource connections;
    private final AtomicLong nextTry = new AtomicLong(System.nanoTime());
    private final AtomicLong nextEviction = new AtomicLong(System.nanoTime());
    private volatile boolean down;

    private Pool(HikariDataSource connections) {
        this.connections = connections;
    }

    /** Opens a pool that connects in the background. */
    static Pool open(DatabaseSettings settings) {
        return new Pool(new HikariDataSource(configuration(settings)));
    }

    /** As {@link #open(DatabaseSettings)}, with connections that act as {@code role} instead of the role that logs in. */
    static Pool open(DatabaseSettings settings, DatabaseRole role) {
        HikariConfig config = configuration(settings);
        config.setConnectionInitSql(role.assume());
        return new Pool(new HikariDataSource(config));
    }

    private static HikariConfig configuration(DatabaseSettings settings) {
        if (System.getProperty(TRUST_PROPERTY) == null) {
            System.setProperty(TRUST_PROPERTY, Long.toString(TRUSTED_WITHOUT_TEST.toMillis()));
        }
        HikariConfig config = new HikariConfig();
        config.setPoolName(settings.applicationName());
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(Driver.properties(settings));
        config.setCredentialsProvider(new Login(settings, Thread.currentThread()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.poolWait().toMillis());
        config.setValidationTimeout(Math.min(settings.poolWait().toMillis(), 1000));
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /**
     * What a connection logs in with. The pool also asks while it is built, by the thread that builds it, and makes no connection with
     * that: a token would hold up the start of the app for seconds, and prevent it when there is none.
     */
    private static final class Login implements HikariCredentialsProvider {
        private final DatabaseSettings settings;
        private volatile @Nullable Thread builder;

        Login(DatabaseSettings settings, Thread builder) {
            this.settings = settings;
            this.builder = builder;
        }

        @Override
        public Credentials getCredentials() {
            if (Thread.currentThread() == builder) {
                builder = null;
                return Credentials.of(settings.user(), null);
            }
            return Credentials.of(settings.user(), settings.password().get());
        }
    }

    /**
     * A connection for the caller to close.
     *
     * @throws DatabaseUnavailable if none is free, or none can be opened, in time
     */
    Connection connect() {
        if (down && !mayTry()) {
            throw Failures.down();
        }
        try {
            Connection connection = connections.getConnection();
            if (down) {
                down = false;
                LOG.info("the database answers again");
            }
            return connection;
        } catch (SQLException e) {
            DatabaseUnavailable failure = Failures.connecting(e);
            if (isEmpty()) {
                nextTry.set(System.nanoTime() + PAUSE.toNanos());
                if (!down) {
                    down = true;
                    LOG.error("the database does not answer: {}", failure.getMessage());
                }
            }
            throw failure;
        }
    }

    /** The connections, for what takes them by itself. */
    DataSource source() {
        return connections;
    }

    /** Closes {@code connection} for good, instead of returning it to the pool. */
    void discard(Connection connection) {
        connections.evictConnection(connection);
    }

    /** Returns {@code connection}. What was done on it is done, so that nothing that fails here concerns its user. */
    void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close (SQLSTATE {})", e.getSQLState());
        }
    }

    /** Draws conclusions from what failed on {@code connection}, for it and for the others. */
    void learnFrom(Connection connection, SQLException e) {
        if (Failures.isStalePlan(e)) {
            discard(connection);
        }
        if (Failures.losesConnection(e.getSQLState()) && isDue(nextEviction)) {
            LOG.warn("a database connection was lost (SQLSTATE {}); closing the idle ones", e.getSQLState());
            connections.getHikariPoolMXBean().softEvictConnections();
        }
    }

    /** Whether the pool has reconnected by itself, or it is this caller's turn to find out. */
    private boolean mayTry() {
        return !isEmpty() || isDue(nextTry);
    }

    private boolean isEmpty() {
        return connections.getHikariPoolMXBean().getTotalConnections() == 0;
    }

    /** Whether it is time again; true for one caller only. */
    private static boolean isDue(AtomicLong next) {
        long now = System.nanoTime();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + PAUSE.toNanos());
    }

    @Override
    public void close() {
        connections.close();
    }
}
