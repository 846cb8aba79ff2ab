package com.medspasync.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings a database to where this version of the platform can use it: roles, migrations, partitions, seeds. Every step looks first,
 * so that a second run changes nothing. Any number may run at once, on any machines: an advisory lock lets them in one by one.
 *
 * <p>It logs in as the owner, or as an administrator who may act as the owner; what is created belongs to the owner either way. It
 * connects to the database itself and not through PgBouncer, because the lock belongs to the session.
 */
public final class Migrator {

    private static final Duration LONGEST_STATEMENT = Duration.ofHours(2);

    /** A migration that waits longer would have everybody wait who comes after it. The next run tries again. */
    private static final Duration LONGEST_WAIT_FOR_A_LOCK = Duration.ofSeconds(20);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final DatabaseSettings login;
    private final Map<DatabaseRole, String> passwords;
    private final List<Seed> seeds;
    private final Consumer<String> progress;

    /**
     * @param login who prepares the database
     * @param passwords for the roles that are made, on machines where roles log in by password; empty elsewhere
     * @param seeds planted in this order
     * @param progress told each step as it is taken; no secret is among them
     */
    public Migrator(
            DatabaseSettings login, Map<DatabaseRole, String> passwords, List<Seed> seeds, Consumer<String> progress) {
        this.login = login.withTimeouts(LONGEST_STATEMENT, LONGEST_WAIT_FOR_A_LOCK, LONGEST_PAUSE)
                .withPoolSize(4)
                .withPoolWait(CONNECT)
                .withApplicationName("medspasync-migrator");
        this.passwords = Map.copyOf(passwords);
        this.seeds = List.copyOf(seeds);
        this.progress = progress;
    }

    /**
     * Does what is left to do, after any other migrator has finished.
     *
     * @throws DatabaseException if the database cannot be reached or refuses a statement
     * @throws IllegalStateException if a role may do more than it must
     * @throws org.flywaydb.core.api.FlywayException if a migration fails, or one that was applied has changed since
     */
    public Migrated run() {
        try (Connection connection = connect()) {
            lock(connection);
            progress.accept("roles");
            new Roles(connection, passwords).ensure();
            return migrateAndSeed();
        } catch (SQLException e) {
            throw Failures.running(e, "preparing the database", false);
        }
    }

    private Migrated migrateAndSeed() {
        try (Pool connections = Pool.open(login, DatabaseRole.OWNER);
                PracticeDatabase owner = new PracticeDatabase(connections)) {
            progress.accept("migrations");
            MigrateResult result = flyway(connections.source()).migrate();
            progress.accept("partitions");
            int partitions = new Partitions(owner).premake();
            List<String> planted = new ArrayList<>();
            for (Seed seed : seeds) {
                progress.accept(seed.name());
                if (seed.plant().test(owner)) {
                    planted.add(seed.name());
                }
            }
            String version = owner.schemaVersion().orElseThrow();
            return new Migrated(version, result.migrationsExecuted, partitions, planted);
        }
    }

    private Flyway flyway(DataSource asOwner) {
        return Flyway.configure()
                .dataSource(asOwner)
                .defaultSchema("public")
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .outputQueryResults(false)
                .validateMigrationNaming(true)
                .placeholders(Map.of(
                        "owner", DatabaseRole.OWNER.roleName(),
                        "app", DatabaseRole.APP.roleName(),
                        "maintenance", DatabaseRole.MAINTENANCE.roleName()))
                .callbacks(new MigrationProgress(progress))
                .load();
    }

    /** Held until the connection closes, and given up by the server when this process dies. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout = 0");
            statement.execute("select pg_advisory_lock(hashtext('medspasync-migrator'))");
            statement.execute("reset lock_timeout");
        }
    }

    private Connection connect() {
        Properties properties = Driver.properties(login);
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password().get());
        try {
            return DriverManager.getConnection(login.url(), properties);
        } catch (SQLException e) {
            throw Failures.connecting(e);
        }
    }
}
