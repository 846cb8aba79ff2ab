package com.medspasync.database;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where the database is and how this process may use it.
 *
 * @param url {@code jdbc:postgresql://host:port/database?...}, without credentials
 * @param user the role to log in as
 * @param password asked anew for each connection that is opened, so that it may be a token that expires
 * @param poolSize the most connections this process holds, at least 1
 * @param poolWait how long a caller waits for a free connection, or for one to be opened
 * @param statementTimeout after which the server cancels a statement
 * @param lockTimeout after which a statement gives up waiting for a lock
 * @param idleInTransactionTimeout after which the server ends a transaction that its client forgot
 * @param maxLifetime after which a connection is replaced, at least 30 seconds
 * @param serverPrepared whether statements are prepared in the server; false behind PgBouncer in transaction mode
 * @param applicationName shown in {@code pg_stat_activity}
 */
public record DatabaseSettings(
        String url,
        String user,
        Supplier<String> password,
        int poolSize,
        Duration poolWait,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration idleInTransactionTimeout,
        Duration maxLifetime,
        boolean serverPrepared,
        String applicationName) {

    static final String SCHEME = "jdbc:postgresql://";

    public DatabaseSettings {
        if (!url.startsWith(SCHEME)) {
            throw new IllegalArgumentException("the database url starts with " + SCHEME);
        }
        if (url.contains("password=") || url.contains("user=") || url.contains("@")) {
            throw new IllegalArgumentException("the database url carries no credentials");
        }
        if (user.isBlank()) {
            throw new IllegalArgumentException("the database user is missing");
        }
        if (poolSize < 1 || poolSize > 1000) {
            throw new IllegalArgumentException("the pool holds 1 to 1000 connections");
        }
        requireBetween("poolWait", poolWait, Duration.ofMillis(250), Duration.ofMinutes(1));
        requireBetween("statementTimeout", statementTimeout, Duration.ofMillis(1), Duration.ofHours(6));
        requireBetween("lockTimeout", lockTimeout, Duration.ofMillis(1), Duration.ofHours(6));
        requireBetween("idleInTransactionTimeout", idleInTransactionTimeout, Duration.ofMillis(1), Duration.ofHours(6));
        requireBetween("maxLifetime", maxLifetime, Duration.ofSeconds(30), Duration.ofDays(1));
        if (!applicationName.matches("[A-Za-z0-9._-]{1,60}")) {
            throw new IllegalArgumentException(
                    "the application name is 1 to 60 letters, digits, dots, dashes and underscores");
        }
    }

    /** What a function app needs; change single settings with the {@code with} methods. */
    public static DatabaseSettings of(String url, String user, Supplier<String> password) {
        return new DatabaseSettings(
                url,
                user,
                password,
                8,
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(3),
                Duration.ofSeconds(15),
                Duration.ofMinutes(30),
                true,
                "medspasync");
    }

    public DatabaseSettings withUrl(String newUrl) {
        return with(draft -> draft.url = newUrl);
    }

    public DatabaseSettings withPoolSize(int size) {
        return with(draft -> draft.poolSize = size);
    }

    public DatabaseSettings withPoolWait(Duration wait) {
        return with(draft -> draft.poolWait = wait);
    }

    /** Sets the three timeouts that the server enforces. */
    public DatabaseSettings withTimeouts(Duration statement, Duration lock, Duration idleInTransaction) {
        return with(draft -> {
            draft.statementTimeout = statement;
            draft.lockTimeout = lock;
            draft.idleInTransactionTimeout = idleInTransaction;
        });
    }

    public DatabaseSettings withMaxLifetime(Duration lifetime) {
        return with(draft -> draft.maxLifetime = lifetime);
    }

    public DatabaseSettings withServerPrepared(boolean prepared) {
        return with(draft -> draft.serverPrepared = prepared);
    }

    public DatabaseSettings withApplicationName(String name) {
        return with(draft -> draft.applicationName = name);
    }

    private DatabaseSettings with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** A copy in the making. */
    private static final class Draft {
        private final DatabaseSettings from;
        private String url;
        private int poolSize;
        private Duration poolWait;
        private Duration statementTimeout;
        private Duration lockTimeout;
        private Duration idleInTransactionTimeout;
        private Duration maxLifetime;
        private boolean serverPrepared;
        private String applicationName;

        Draft(DatabaseSettings from) {
            this.from = from;
            url = from.url;
            poolSize = from.poolSize;
            poolWait = from.poolWait;
            statementTimeout = from.statementTimeout;
            lockTimeout = from.lockTimeout;
            idleInTransactionTimeout = from.idleInTransactionTimeout;
            maxLifetime = from.maxLifetime;
            serverPrepared = from.serverPrepared;
            applicationName = from.applicationName;
        }

        DatabaseSettings settings() {
            return new DatabaseSettings(
                    url,
                    from.user,
                    from.password,
                    poolSize,
                    poolWait,
                    statementTimeout,
                    lockTimeout,
                    idleInTransactionTimeout,
                    maxLifetime,
                    serverPrepared,
                    applicationName);
        }
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " lies between " + least + " and " + most);
        }
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url + ", user=" + user + ", poolSize=" + poolSize + "]";
    }
}
