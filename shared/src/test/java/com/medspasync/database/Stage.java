package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A migrated database and pools of a single connection, whose prepared statements tell what ran on it. */
public final class Stage implements AutoCloseable {

    /** The driver prepares a statement when it runs for the fifth time; the server counts from then on. */
    private static final int RUNS_BEFORE_PREPARED = 4;

    private static final Sql PREPARED = Sql.of("""
            select statement, generic_plans + custom_plans as runs
            from pg_prepared_statements""");

    private static final Caller NOBODY = Caller.anonymous(new Origin(null, null, new UUID(0, 0)));

    private final EmbeddedDatabase database = EmbeddedDatabase.migrated();
    private final Map<DatabaseRole, PracticeDatabase> pools = new EnumMap<>(DatabaseRole.class);

    /** The database; what is opened on it counts as long as its pool has one connection. */
    public EmbeddedDatabase database() {
        return database;
    }

    /** Settings for a pool of one connection. */
    public DatabaseSettings settings(DatabaseRole role) {
        return database.settings(role.roleName()).withPoolSize(1);
    }

    /** The role's own connection: the same pool each time. */
    public PracticeDatabase open(DatabaseRole role) {
        return pools.computeIfAbsent(role, name -> database.open(settings(name)));
    }

    /** How often each of {@code statements} has run on the connection that ran it most. */
    Map<Sql, Long> runs(Collection<Sql> statements) {
        Map<String, Long> byText = new HashMap<>();
        for (PracticeDatabase pool : database.opened()) {
            pool.list(
                    NOBODY,
                    PREPARED.bind(),
                    row -> byText.merge(
                            normal(row.text("statement")), row.bigint("runs") + RUNS_BEFORE_PREPARED, Math::max));
        }
        Map<Sql, Long> runs = new HashMap<>();
        statements.forEach(sql -> runs.put(sql, byText.getOrDefault(normal(sql.positional()), 0L)));
        return runs;
    }

    /** The text with white space and the names of markers made alike. */
    private static String normal(String sql) {
        return sql.replace("??", "?")
                .replaceAll("\\$[0-9]+", "?")
                .replaceAll("\\s+", " ")
                .strip();
    }

    @Override
    public void close() {
        database.close();
    }
}
