package com.medspasync.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A database of its own with the whole schema, for one test class:
 *
 * <pre>{@code
 * private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.migrated();
 * private static final PracticeDatabase APP = DATABASE.open(EmbeddedDatabase.APP);
 * }</pre>
 *
 * <p>All of a JVM's databases live in one server, which starts with the first and is removed when the JVM ends. The migrations run
 * once, into a template; each database is a cheap copy. Safe for threads.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    /** The role of the application, bound by row-level security. */
    public static final String APP = "medspasync_app";

    /** The role that migrates and owns everything. */
    public static final String OWNER = "medspasync_owner";

    /** The role of timers and backups. */
    public static final String MAINTENANCE = "medspasync_maintenance";

    /** The superuser of the embedded server. */
    public static final String SUPERUSER = "postgres";

    /** What PostgreSQL copies when nothing else is named. */
    private static final String EMPTY = "template1";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final EmbeddedServer server;
    private final String name;
    private final List<PracticeDatabase> opened = new ArrayList<>();

    private EmbeddedDatabase(EmbeddedServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A new database with every migration applied, in the JVM's own server. */
    public static EmbeddedDatabase migrated() {
        EmbeddedServer server = SharedServer.get();
        return create(server, SharedServer.template(server));
    }

    /** A new database with nothing in it, in the JVM's own server; the roles exist. */
    public static EmbeddedDatabase empty() {
        return create(SharedServer.get(), EMPTY);
    }

    /**
     * A migrated database with nothing but its own server, for tests that stop it. Ends with the JVM, or with {@link #close}.
     */
    public static EmbeddedDatabase migratedWithOwnServer() {
        EmbeddedServer server = SharedServer.launch();
        return create(server, SharedServer.template(server));
    }

    /** {@link #migratedWithOwnServer}, with nothing in it. */
    public static EmbeddedDatabase emptyWithOwnServer() {
        return create(SharedServer.launch(), EMPTY);
    }

    /** The database {@code name} of {@code server}, created as needed and not yet migrated: for a platform whose data lasts. */
    public static EmbeddedDatabase lasting(EmbeddedServer server, String name) {
        Schema.createDatabase(server, name, EMPTY);
        return new EmbeddedDatabase(server, name);
    }

    private static EmbeddedDatabase create(EmbeddedServer server, String template) {
        String name = "test_" + COUNT.incrementAndGet();
        Schema.createDatabase(server, name, template);
        return new EmbeddedDatabase(server, name);
    }

    /** Migrates the database {@code name} of {@code server}, for others to be copied from. */
    static void prepareTemplate(EmbeddedServer server, String name) {
        Schema.createDatabase(server, name, EMPTY);
        Schema.migrate(new EmbeddedDatabase(server, name));
    }

    public EmbeddedServer server() {
        return server;
    }

    public String name() {
        return name;
    }

    public int port() {
        return server.port();
    }

    /** The JDBC url, without credentials. */
    public String url() {
        return server.url(name);
    }

    /** Settings for one of the roles, with a small pool. */
    public DatabaseSettings settings(String role) {
        return DatabaseSettings.of(url(), role, () -> "").withPoolSize(4);
    }

    /** A pool for one of the roles, closed with this database. */
    public PracticeDatabase open(String role) {
        return open(settings(role));
    }

    /** A pool with these settings, closed with this database. */
    public synchronized PracticeDatabase open(DatabaseSettings settings) {
        PracticeDatabase database = PracticeDatabase.open(settings);
        opened.add(database);
        return database;
    }

    /** The pools that were opened here and are not closed yet. */
    synchronized List<PracticeDatabase> opened() {
        return List.copyOf(opened);
    }

    /** A plain connection for a test to look behind the scenes; the caller closes it. */
    public Connection connect(String role) {
        try {
            return DriverManager.getConnection(url() + "?sslmode=disable&gssEncMode=disable", role, "");
        } catch (SQLException e) {
            throw new IllegalStateException("no connection as " + role, e);
        }
    }

    /** Runs statements as superuser, one after the other. */
    public void execute(String... statements) {
        try (Connection connection = connect(SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a statement failed: " + e.getMessage(), e);
        }
    }

    /** Stops the real server, with all its databases. Only for one that has its own. */
    public void stop() {
        server.stop();
    }

    /** Starts the server again, on the same port and data. */
    public void start() {
        server.start();
    }

    /** Closes the pools that were opened here. The database itself goes with its server. */
    @Override
    public synchronized void close() {
        opened.forEach(PracticeDatabase::close);
        opened.clear();
    }
}
