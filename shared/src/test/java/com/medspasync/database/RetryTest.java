package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetryTest {

    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.empty());
    private static final PracticeDatabase APP = DATABASE.open(EmbeddedDatabase.APP);

    /** Fails with the SQLSTATE in :state, as often as the sequence lets it; the insert before it shows what was rolled back. */
    private static final Sql FLAKY = Sql.of("""
            with written as (
                insert into notes (practice_id, id, body) values (:practice::uuid, :id::uuid, :id) returning id)
            select fail_until(:success, :state) as tries, id from written""");

    private static final Sql LOCK_NOTE = Sql.of("select id from notes where id = :id::uuid for update");
    private static final Sql ALL = Sql.of("select * from shapes");

    @BeforeAll
    static void create() {
        DATABASE.execute(
                "create sequence tries",
                "grant all on tries to medspasync_app",
                """
                create function fail_until(success int, state text) returns int language plpgsql as $$
                declare
                    try int = nextval('tries');
                begin
                    if try < success then
                        raise exception 'not yet' using errcode = state;
                    end if;
                    return try;
                end
                $$""",
                "create table shapes (a int)",
                "grant select on shapes to medspasync_app");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void run_conflictsThatPass_succeedsAndWritesOnce() {
        for (String state : List.of("40001", "40P01")) {
            DATABASE.execute("alter sequence tries restart");
            UUID id = UUID.randomUUID();

            assertThat(APP.first(Examples.GLOW, flaky(id, 4, state), row -> row.integer("tries")))
                    .contains(4);
            assertThat(APP.list(Examples.GLOW, Examples.readNote(id), Row::toString))
                    .hasSize(1);
        }
    }

    @Test
    void run_conflictsThatLast_isBusyAfterFiveTries() {
        DATABASE.execute("alter sequence tries restart");
        UUID id = UUID.randomUUID();

        assertThatExceptionOfType(DatabaseBusy.class)
                .isThrownBy(() -> APP.first(Examples.GLOW, flaky(id, 6, "40001"), Row::toString));

        assertThat(APP.list(Examples.GLOW, Examples.readNote(id), Row::toString))
                .isEmpty();
        assertThat(APP.first(Examples.GLOW, flaky(id, 1, "40001"), row -> row.integer("tries")))
                .contains(6);
    }

    @Test
    void run_otherFailures_areNotTriedAgain() {
        for (String state : List.of("55P03", "57014", "23505", "XX000", "57P01", "08006", "53200")) {
            DATABASE.execute("alter sequence tries restart");
            UUID id = UUID.randomUUID();

            assertThatExceptionOfType(DatabaseException.class)
                    .isThrownBy(() -> APP.first(Examples.GLOW, flaky(id, 2, state), Row::toString));
            assertThat(APP.first(Examples.GLOW, flaky(id, 1, state), row -> row.integer("tries")))
                    .contains(2);
        }
    }

    @Test
    void inTransaction_conflict_runsTheWorkAgain() {
        DATABASE.execute("alter sequence tries restart");
        AtomicInteger works = new AtomicInteger();
        UUID first = UUID.randomUUID();

        int tries = APP.inTransaction(Examples.GLOW, transaction -> {
            works.incrementAndGet();
            transaction.one(Examples.insertNote(first, "first"), Row::toString);
            return transaction.one(flaky(UUID.randomUUID(), 3, "40001"), row -> row.integer("tries"));
        });

        assertThat(tries).isEqualTo(3);
        assertThat(works).hasValue(3);
        assertThat(APP.list(Examples.GLOW, Examples.readNote(first), Row::toString))
                .hasSize(1);
    }

    @Test
    void inTransaction_realDeadlock_bothEndUpCommitted() throws Exception {
        UUID left = UUID.randomUUID();
        UUID right = UUID.randomUUID();
        APP.one(Examples.GLOW, Examples.insertNote(left, "left"), Row::toString);
        APP.one(Examples.GLOW, Examples.insertNote(right, "right"), Row::toString);
        AtomicInteger works = new AtomicInteger();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Callable<String> leftFirst = () -> lockBoth(left, right, works, bothHoldOne);
            Callable<String> rightFirst = () -> lockBoth(right, left, works, bothHoldOne);
            for (Future<String> done : threads.invokeAll(List.of(leftFirst, rightFirst), 20, TimeUnit.SECONDS)) {
                assertThat(done.get()).isEqualTo("locked both");
            }
        }

        assertThat(works).hasValue(3);
    }

    private static String lockBoth(UUID first, UUID second, AtomicInteger works, CyclicBarrier bothHoldOne) {
        return APP.inTransaction(Examples.GLOW, transaction -> {
            transaction.one(LOCK_NOTE.bind().uuid("id", first), Row::toString);
            if (works.incrementAndGet() <= 2) {
                meet(bothHoldOne);
            }
            transaction.one(LOCK_NOTE.bind().uuid("id", second), Row::toString);
            return "locked both";
        });
    }

    @Test
    void run_schemaChangedUnderAPreparedStatement_readsTheNewShape() {
        DATABASE.execute("insert into shapes values (1)");
        for (int run = 0; run < 8; run++) {
            assertThat(APP.list(Examples.GLOW, ALL.bind(), row -> row.integer("a")))
                    .containsExactly(1);
        }

        DATABASE.execute("alter table shapes alter column a type text using 'now text', add column b int default 2");

        for (int run = 0; run < 8; run++) {
            assertThat(APP.list(Examples.GLOW, ALL.bind(), row -> row.text("a") + row.integer("b")))
                    .containsExactly("now text2");
        }
        DATABASE.execute("alter table shapes alter column b type text");
        String shape = APP.inTransaction(
                Examples.GLOW, transaction -> transaction.one(ALL.bind(), row -> row.text("a") + row.text("b")));
        assertThat(shape).isEqualTo("now text2");
    }

    @Test
    void run_interruptedWhileItWaitsForTheNextTry_givesUp() {
        DATABASE.execute("alter sequence tries restart");
        Thread.currentThread().interrupt();
        try {
            assertThatExceptionOfType(DatabaseBusy.class)
                    .isThrownBy(() -> APP.first(Examples.GLOW, flaky(UUID.randomUUID(), 3, "40001"), Row::toString));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(APP.first(Examples.GLOW, flaky(UUID.randomUUID(), 1, "40001"), row -> row.integer("tries")))
                .contains(2);
    }

    private static Query flaky(UUID id, int success, String state) {
        return FLAKY.bind().uuid("id", id).integer("success", success).text("state", state);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
