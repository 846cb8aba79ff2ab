package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.medspasync.tenant.Caller;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever fails, the pool's one connection afterwards belongs to no practice, holds no transaction and sees no row. */
class IsolationTest {

    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.empty());

    private static final Sql NAP = Sql.of("select pg_sleep(:seconds::float8)::text as slept");

    private final WireCounter wire = WireCounter.before(DATABASE);
    private final Pool pool = Pool.open(wire.settings(EmbeddedDatabase.APP)
            .withPoolSize(1)
            .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(200), Duration.ofMillis(300)));
    private final PracticeDatabase app = new PracticeDatabase(pool);

    @BeforeEach
    void writeANote() {
        app.one(
                Examples.GLOW,
                Examples.insertNote(UUID.randomUUID(), UUID.randomUUID().toString()),
                Row::toString);
    }

    @AfterEach
    void close() {
        app.close();
        wire.close();
    }

    /** What somebody would see who used the connection next, without naming a practice. */
    private void assertNothingIsLeft() throws SQLException {
        try (Connection connection = pool.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select coalesce(current_setting('app.current_practice_id', true), '') as practice,
                            coalesce(current_setting('app.current_user_id', true), '') as user,
                            (select count(*) from notes) as notes,
                            pg_current_xact_id_if_assigned()::text as transaction""")) {
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(row.next()).isTrue();
            assertThat(row.getString("practice")).isEmpty();
            assertThat(row.getString("user")).isEmpty();
            assertThat(row.getInt("notes")).isZero();
            assertThat(row.getString("transaction")).isNull();
        }
        assertThat(app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString))
                .isNotEmpty();
    }

    @Test
    void success_often_leavesNothing() throws SQLException {
        for (int run = 0; run < 8; run++) {
            app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString);
            assertNothingIsLeft();
            app.inTransaction(Examples.GLOW, transaction -> transaction.list(Examples.NOTES.bind(), Row::toString));
            assertNothingIsLeft();
        }
    }

    @Test
    void mapperThatThrows_leavesNothing() throws SQLException {
        for (Throwable thrown : List.of(new IllegalStateException("mapper"), new StackOverflowError("mapper"))) {
            assertThatThrownBy(() -> app.list(Examples.GLOW, Examples.NOTES.bind(), row -> sneak(thrown)))
                    .isSameAs(thrown);
            assertNothingIsLeft();
        }
    }

    @Test
    void transactionThatThrows_leavesNothing() throws SQLException {
        for (Throwable thrown : List.of(new IllegalStateException("work"), new AssertionError("work"))) {
            assertThatThrownBy(() -> app.inTransaction(Examples.GLOW, transaction -> {
                        transaction.one(Examples.insertNote(UUID.randomUUID(), "half done"), Row::toString);
                        return sneak(thrown);
                    }))
                    .isSameAs(thrown);
            assertNothingIsLeft();
        }
    }

    @Test
    void statementThatFails_leavesNothing() throws SQLException {
        Sql broken = Sql.of("select 1 / 0 from notes");

        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> app.list(Examples.GLOW, broken.bind(), Row::toString));
        assertNothingIsLeft();
        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> app.inTransaction(
                        Examples.GLOW, transaction -> transaction.list(broken.bind(), Row::toString)));
        assertNothingIsLeft();
    }

    @Test
    void statementTimeout_isBusyAndLeavesNothing() throws SQLException {
        assertThatExceptionOfType(DatabaseBusy.class)
                .isThrownBy(() -> app.list(Examples.GLOW, nap(5), Row::toString))
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("57014"));
        assertNothingIsLeft();
    }

    @Test
    void transactionOfLongStatements_outlastsTheTimeoutsOfTheSettingsAndLeavesNoPatience() throws SQLException {
        int usual = networkTimeout();
        String slept = app.inTransaction(
                Examples.GLOW,
                Duration.ofSeconds(20),
                transaction -> transaction.one(nap(7), row -> row.text("slept")));

        assertThat(slept).isEmpty();
        assertThat(usual).isEqualTo(6_000);
        assertThat(networkTimeout()).isEqualTo(usual);
        assertThatExceptionOfType(DatabaseBusy.class).isThrownBy(() -> app.list(Examples.GLOW, nap(5), Row::toString));
        assertNothingIsLeft();
    }

    private int networkTimeout() throws SQLException {
        try (Connection connection = pool.connect()) {
            return connection.getNetworkTimeout();
        }
    }

    @Test
    void lockTimeout_isBusyAndLeavesNothing() throws SQLException {
        try (Connection other = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table notes in access exclusive mode");
            assertThatExceptionOfType(DatabaseBusy.class)
                    .isThrownBy(() -> app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString))
                    .satisfies(e -> assertThat(e.sqlState()).isEqualTo("55P03"));
            other.rollback();
        }
        assertNothingIsLeft();
    }

    @Test
    void transactionLeftIdle_isEndedByTheServerAndLeavesNothing() throws SQLException {
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> app.inTransaction(Examples.GLOW, transaction -> {
                    transaction.one(Examples.insertNote(UUID.randomUUID(), "forgotten"), Row::toString);
                    awaitNoTransactionOfApp();
                    return transaction.list(Examples.NOTES.bind(), Row::toString);
                }))
                .satisfies(e -> assertThat(e).isInstanceOf(DatabaseUnavailable.class));
        assertNothingIsLeft();
        assertThat(app.list(Examples.GLOW, Examples.NOTES.bind(), row -> row.text("body")))
                .doesNotContain("forgotten");
    }

    @Test
    void connectionCutInTheRequest_leavesNothing() throws SQLException {
        wire.cutNextRequestAfter(40);

        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString));
        assertNothingIsLeft();
    }

    @Test
    void connectionCutBetweenStatements_leavesNothing() throws SQLException {
        assertThatExceptionOfType(DatabaseUnavailable.class)
                .isThrownBy(() -> app.inTransaction(Examples.GLOW, transaction -> {
                    transaction.one(Examples.insertNote(UUID.randomUUID(), "cut off"), Row::toString);
                    wire.cut();
                    return transaction.list(Examples.NOTES.bind(), Row::toString);
                }))
                .satisfies(e -> assertThat(e.mayHaveCommitted()).isFalse());
        assertNothingIsLeft();
        assertThat(app.list(Examples.GLOW, Examples.NOTES.bind(), row -> row.text("body")))
                .doesNotContain("cut off");
    }

    @Test
    void interruptedThread_leavesNothing() throws Exception {
        Thread sleeper = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(() -> app.list(Examples.GLOW, nap(5), Row::toString))
                        .isInstanceOf(DatabaseException.class));
        await("a statement under way", "select 1 from pg_stat_activity where wait_event = 'PgSleep'");
        sleeper.interrupt();
        sleeper.join();
        assertNothingIsLeft();

        Thread.currentThread().interrupt();
        try {
            assertThat(app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString))
                    .isNotEmpty();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertNothingIsLeft();
    }

    @Test
    void interruptedWhileWaitingForAConnection_isUnavailableAndStaysInterrupted() throws Exception {
        try (Connection taken = pool.connect()) {
            assertThat(taken.isClosed()).isFalse();
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(() -> app.list(Examples.GLOW, Examples.NOTES.bind(), Row::toString));
            assertThat(Thread.interrupted()).isTrue();
        }
        assertNothingIsLeft();
    }

    @Test
    void twoPracticesOnFourConnections_neverMix() throws Exception {
        Sql mixed = Sql.of("""
                select count(*) as count, count(*) filter (where practice_id = :practice::uuid) as own,
                    current_setting('app.current_practice_id') as setting
                from notes""");
        DatabaseSettings settings =
                DATABASE.settings(EmbeddedDatabase.APP).withPoolSize(4).withPoolWait(Duration.ofSeconds(30));
        try (PracticeDatabase shared = PracticeDatabase.open(settings);
                ExecutorService threads = Executors.newFixedThreadPool(32)) {
            shared.one(
                    Examples.RADIANCE,
                    Examples.insertNote(UUID.randomUUID(), UUID.randomUUID().toString()),
                    Row::toString);
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < 32; thread++) {
                work.add(() -> mixedReads(shared, mixed));
            }
            int reads = 0;
            for (Future<Integer> done : threads.invokeAll(work, 60, TimeUnit.SECONDS)) {
                reads += done.get();
            }
            assertThat(reads).isEqualTo(32 * 150);
        }
    }

    private static int mixedReads(PracticeDatabase shared, Sql sql) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int reads = 0;
        for (int i = 0; i < 150; i++) {
            Caller caller = random.nextBoolean() ? Examples.GLOW : Examples.RADIANCE;
            RowMapper<Boolean> onlyOwn = row -> row.bigint("count") > 0
                    && row.bigint("count") == row.bigint("own")
                    && row.text("setting").equals(caller.practice().toString());
            boolean inTransaction = random.nextInt(4) == 0;
            boolean fails = random.nextInt(8) == 0;
            if (fails) {
                assertThatThrownBy(() -> shared.one(caller, sql.bind(), row -> sneak(new IllegalStateException())))
                        .isInstanceOf(IllegalStateException.class);
            }
            boolean right = inTransaction
                    ? shared.inTransaction(caller, transaction -> transaction.one(sql.bind(), onlyOwn))
                    : shared.one(caller, sql.bind(), onlyOwn);
            assertThat(right).isTrue();
            reads++;
        }
        return reads;
    }

    private static Query nap(int seconds) {
        return NAP.bind().text("seconds", Integer.toString(seconds));
    }

    private static void awaitNoTransactionOfApp() {
        await("the server to end the idle transaction", """
                select 1 where not exists (
                    select from pg_stat_activity where usename = 'medspasync_app' and state = 'idle in transaction')""");
    }

    private static void await(String what, String sql) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.SUPERUSER);
                Statement statement = connection.createStatement()) {
            while (true) {
                try (ResultSet row = statement.executeQuery(sql)) {
                    if (row.next()) {
                        return;
                    }
                }
                assertThat(System.nanoTime()).as("waited too long for " + what).isLessThan(deadline);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, X extends Throwable> T sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
