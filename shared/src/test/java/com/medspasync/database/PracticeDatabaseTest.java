package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PracticeDatabaseTest {

    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.empty());
    private static final WireCounter WIRE = WireCounter.before(DATABASE);
    private static final PracticeDatabase APP =
            DATABASE.open(WIRE.settings(EmbeddedDatabase.APP).withPoolSize(1));

    private static final Sql SERIES = Sql.of("select n from generate_series(1, :count) as n order by n");
    private static final Sql RENAME = Sql.of("update notes set body = :to where body = :from");

    @BeforeAll
    static void connect() {
        APP.ping();
    }

    @AfterAll
    static void close() {
        DATABASE.close();
        WIRE.close();
    }

    @Test
    void first_noneOneOrMoreRows_isTheFirstIfAny() {
        assertThat(APP.first(Examples.GLOW, series(0), row -> row.integer("n"))).isEmpty();
        assertThat(APP.first(Examples.GLOW, series(1), row -> row.integer("n"))).contains(1);
        assertThat(APP.first(Examples.GLOW, series(3), row -> row.integer("n"))).contains(1);
    }

    @Test
    void one_notExactlyOneRow_isAFault() {
        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> APP.one(Examples.GLOW, series(0), row -> row.integer("n")));
        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> APP.one(Examples.GLOW, series(2), row -> row.integer("n")));
    }

    @Test
    void list_manyRows_areAllOfThemInOrder() {
        List<Integer> numbers = APP.list(Examples.GLOW, series(1000), row -> row.integer("n"));

        assertThat(numbers).hasSize(1000).startsWith(1, 2, 3).endsWith(999, 1000);
    }

    @Test
    void update_statementWithoutRows_countsWhatItChanged() {
        write("old-1");

        assertThat(APP.update(Examples.GLOW, rename("old-1", "new-1"))).isEqualTo(1);
        assertThat(APP.update(Examples.GLOW, rename("old-1", "new-1"))).isZero();
        assertThat(APP.update(Examples.RADIANCE, rename("new-1", "stolen"))).isZero();
    }

    @Test
    void rowsWhereNoneAreReadOrNoneWhereTheyAre_areFaults() {
        assertThatExceptionOfType(DatabaseFault.class).isThrownBy(() -> APP.update(Examples.GLOW, series(1)));
        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> APP.first(Examples.GLOW, rename("a", "b"), row -> row.text("body")));
    }

    @Test
    void each_operation_isOneRoundTrip() {
        UUID id = UUID.randomUUID();
        for (int run = 0; run < 8; run++) {
            String body = "trip " + run;
            assertThat(trips(() -> APP.one(Examples.GLOW, Examples.insertNote(UUID.randomUUID(), body), Row::toString)))
                    .isEqualTo(1);
            assertThat(trips(() -> APP.first(Examples.GLOW, Examples.readNote(id), row -> row.text("body"))))
                    .isEqualTo(1);
            assertThat(trips(() -> APP.list(Examples.GLOW, Examples.NOTES.bind(), row -> row.text("body"))))
                    .isEqualTo(1);
            assertThat(trips(() -> APP.update(Examples.GLOW, rename(body, body + "!"))))
                    .isEqualTo(1);
            assertThat(trips(APP::ping)).isEqualTo(1);
        }
    }

    @Test
    void inTransaction_statements_areOneTripEachAndOneForTheCommit() {
        for (int run = 0; run < 8; run++) {
            assertThat(trips(() -> APP.inTransaction(Examples.GLOW, transaction -> {
                        transaction.one(
                                Examples.insertNote(
                                        UUID.randomUUID(), UUID.randomUUID().toString()),
                                Row::toString);
                        return transaction.list(Examples.NOTES.bind(), row -> row.text("body"));
                    })))
                    .isEqualTo(3);
        }
    }

    @Test
    void inTransaction_withoutStatements_isNoTrip() {
        assertThat(trips(() -> APP.inTransaction(Examples.GLOW, transaction -> 1)))
                .isZero();
    }

    @Test
    void inTransaction_workThatThrows_changesNothing() {
        UUID id = UUID.randomUUID();

        assertThatIllegalStateException()
                .isThrownBy(() -> APP.inTransaction(Examples.GLOW, transaction -> {
                    transaction.one(Examples.insertNote(id, "undone"), Row::toString);
                    throw new IllegalStateException("changed my mind");
                }));

        assertThat(read(id)).isEmpty();
    }

    @Test
    void inTransaction_failureThatTheWorkHides_isNotCommittedAndComesOut() {
        UUID id = UUID.randomUUID();

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> APP.inTransaction(Examples.GLOW, transaction -> {
                    transaction.one(Examples.insertNote(id, "hidden"), Row::toString);
                    assertThatExceptionOfType(ConstraintViolated.class)
                            .isThrownBy(() -> transaction.one(Examples.insertNote(id, "again"), Row::toString));
                    assertThatIllegalStateException()
                            .isThrownBy(() -> transaction.list(Examples.NOTES.bind(), Row::toString));
                    return "all is well";
                }))
                .withMessageContaining("insert into notes");

        assertThat(read(id)).isEmpty();
    }

    @Test
    void inTransaction_usedAfterItsEnd_isRefused() {
        AtomicReference<Transaction> escaped = new AtomicReference<>();
        APP.inTransaction(Examples.GLOW, transaction -> {
            escaped.set(transaction);
            return 1;
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> escaped.get().list(Examples.NOTES.bind(), Row::toString))
                .withMessageContaining("ended");
    }

    @Test
    void write_anotherPracticesRow_isAFaultAndInvisible() {
        UUID id = write("glow's");
        assertThat(APP.first(Examples.RADIANCE, Examples.readNote(id), row -> row.text("body")))
                .isEmpty();

        Sql forged = Sql.of("""
                insert into notes (practice_id, id, body)
                values (:other::uuid, :id::uuid, 'forged')
                returning id""");
        assertThatExceptionOfType(DatabaseFault.class)
                .isThrownBy(() -> APP.one(
                        Examples.RADIANCE,
                        forged.bind()
                                .uuid("other", Examples.GLOW.practice().value())
                                .uuid("id", UUID.randomUUID()),
                        Row::toString))
                .satisfies(e -> assertThat(e.sqlState()).isEqualTo("42501"));
    }

    @Test
    void constraint_whenViolated_isNamed() {
        UUID id = write("unique");

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(
                        () -> APP.one(Examples.GLOW, Examples.insertNote(UUID.randomUUID(), "unique"), Row::toString))
                .satisfies(e -> assertThat(e.constraint()).isEqualTo("notes_body_unique"));
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> APP.one(Examples.GLOW, Examples.insertNote(id, "other"), Row::toString))
                .satisfies(e -> assertThat(e.constraint()).isEqualTo("notes_pkey"));
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> APP.update(Examples.GLOW, rename("unique", "x".repeat(101))))
                .satisfies(e -> assertThat(e.constraint()).isEqualTo("notes_body_short"));
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> APP.one(
                        Examples.GLOW,
                        Examples.INSERT_NOTE
                                .bind()
                                .uuid("id", UUID.randomUUID())
                                .text("body", null),
                        Row::toString))
                .satisfies(e -> assertThat(e.constraint()).contains("body"));
    }

    @Test
    void row_nullMissingOrOtherTypedColumn_isAFault() {
        Sql odd = Sql.of("select null::int as nothing, 'x' as letter, array[1, null]::text[] as holes");

        for (RowMapper<Object> mapper : List.<RowMapper<Object>>of(
                row -> row.integer("nothing"),
                row -> row.text("missing"),
                row -> row.integer("letter"),
                row -> row.uuid("letter"),
                row -> row.instant("letter"),
                row -> row.texts("letter"),
                row -> row.texts("holes"))) {
            assertThatExceptionOfType(DatabaseFault.class)
                    .isThrownBy(() -> APP.one(Examples.GLOW, odd.bind(), mapper))
                    .withNoCause();
        }
    }

    @Test
    void schemaVersion_migratedDatabase_isTheNewestMigration() {
        EmbeddedDatabase migrated = EmbeddedDatabase.migrated();
        migrated.execute("grant select on flyway_schema_history to medspasync_app");
        try (migrated) {
            assertThat(migrated.open(EmbeddedDatabase.APP).schemaVersion().orElse("0"))
                    .matches("[0-9.]+");
        }
    }

    @Test
    void open_databaseThatIsNotThere_succeedsAndFailsOnUse() {
        try (PracticeDatabase nowhere =
                PracticeDatabase.open(DATABASE.settings(EmbeddedDatabase.APP).withUrl(DATABASE.url() + "_missing"))) {
            assertThatExceptionOfType(DatabaseUnavailable.class)
                    .isThrownBy(nowhere::ping)
                    .satisfies(e -> assertThat(e.mayHaveCommitted()).isFalse())
                    .withMessageContaining("does not exist");
        }
    }

    @Test
    void each_connection_carriesNameAndTimeouts() {
        Sql settings = Sql.of("""
                select current_setting('application_name') as name, current_setting('statement_timeout') as statement,
                    current_setting('lock_timeout') as lock, current_setting('idle_in_transaction_session_timeout') as idle""");

        String all = APP.one(
                Examples.GLOW,
                settings.bind(),
                row -> String.join(" ", row.text("name"), row.text("statement"), row.text("lock"), row.text("idle")));

        assertThat(all).isEqualTo("medspasync 10s 3s 15s");
    }

    @Test
    void prepared_withAndWithoutTheServer_followsTheSetting() {
        Sql count = Sql.of("select count(*) as count from pg_prepared_statements");
        DatabaseSettings settings = DATABASE.settings(EmbeddedDatabase.APP).withPoolSize(1);

        long without = 0;
        long with = 0;
        try (PracticeDatabase prepared = PracticeDatabase.open(settings);
                PracticeDatabase unprepared = PracticeDatabase.open(settings.withServerPrepared(false))) {
            for (int run = 0; run < 10; run++) {
                with = prepared.one(Examples.GLOW, count.bind(), row -> row.bigint("count"));
                without = unprepared.one(Examples.GLOW, count.bind(), row -> row.bigint("count"));
            }
        }

        assertThat(with).isEqualTo(3);
        assertThat(without).isZero();
    }

    private static UUID write(String body) {
        return APP.one(Examples.GLOW, Examples.insertNote(UUID.randomUUID(), body), row -> row.uuid("id"));
    }

    private static Optional<String> read(UUID id) {
        return APP.first(Examples.GLOW, Examples.readNote(id), row -> row.text("body"));
    }

    private static Query series(int count) {
        return SERIES.bind().integer("count", count);
    }

    private static Query rename(String from, String to) {
        return RENAME.bind().text("from", from).text("to", to);
    }

    private static long trips(Runnable work) {
        return WIRE.during(work).count();
    }
}
