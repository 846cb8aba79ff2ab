package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigratorTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.empty();
    private final AtomicBoolean planted = new AtomicBoolean();
    private final AtomicInteger plantings = new AtomicInteger();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void run_onAnEmptyDatabase_thenAgain_changesNothingTheSecondTime() throws SQLException {
        Migrated first = migrator().run();
        String before = fingerprint();
        Migrated second = migrator().run();

        assertThat(first.migrations()).isPositive();
        assertThat(first.seeded()).containsExactly("flag");
        assertThat(second.nothing()).isTrue();
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(fingerprint()).isEqualTo(before);
    }

    @Test
    void run_byFourAtOnce_migratesAndPlantsOnce() throws Exception {
        int migrators = 4;
        List<Future<Migrated>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(migrators)) {
            CountDownLatch together = new CountDownLatch(migrators);
            for (int i = 0; i < migrators; i++) {
                running.add(threads.submit(() -> {
                    together.countDown();
                    together.await();
                    return migrator().run();
                }));
            }
        }
        int worked = 0;
        for (Future<Migrated> run : running) {
            worked += run.get().nothing() ? 0 : 1;
        }
        assertThat(worked).isEqualTo(1);
        assertThat(plantings).hasValue(1);
    }

    @Test
    void run_takesFromEverybodyWhatOnlyTheRolesMay() throws SQLException {
        migrator().run();

        try (Session catalogue = Session.as(database, EmbeddedDatabase.SUPERUSER)) {
            assertThat(catalogue.rows("""
                    select has_database_privilege('medspasync_app', current_database(), 'CONNECT'),
                      has_database_privilege('medspasync_app', current_database(), 'TEMPORARY'),
                      has_database_privilege('medspasync_app', current_database(), 'CREATE'),
                      has_database_privilege('public', current_database(), 'CONNECT')""")).containsExactly(List.of("t", "f", "f", "f"));
        }
    }

    private Migrator migrator() {
        Seed flag = new Seed("flag", owner -> {
            boolean plants = planted.compareAndSet(false, true);
            if (plants) {
                plantings.incrementAndGet();
            }
            return plants;
        });
        return new Migrator(database.settings(EmbeddedDatabase.SUPERUSER), Map.of(), List.of(flag), step -> {});
    }

    /** Changes with any row of the catalogue, the migrations' history or the audit. */
    private String fingerprint() throws SQLException {
        try (Session catalogue = Session.as(database, EmbeddedDatabase.SUPERUSER)) {
            return catalogue.text("""
                    select concat_ws(',',
                      (select max(xmin::text::bigint) from pg_class), (select max(xmin::text::bigint) from pg_authid),
                      (select max(xmin::text::bigint) from pg_auth_members),
                      (select datacl::text from pg_database where datname = current_database()),
                      (select count(*) from flyway_schema_history), (select count(*) from audit_logs))""");
        }
    }
}
