package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value that was bound, or read, is in no message, no cause and no log, at any level. */
class PrivacyTest {

    private static final String VALUE = "Zz-Private-Value-zZ";
    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.empty());

    private final WireCounter wire = WireCounter.before(DATABASE);
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Logger root = Logger.getLogger("");
    private final Logger driver = Logger.getLogger("org.postgresql");
    private final Level levelBefore = root.getLevel();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            logged.add(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void logEverything() {
        handler.setLevel(Level.ALL);
        driver.setLevel(Level.ALL);
        root.setLevel(Level.ALL);
        root.addHandler(handler);
    }

    @AfterEach
    void close() {
        root.removeHandler(handler);
        root.setLevel(levelBefore);
        driver.setLevel(null);
        wire.close();
    }

    @Test
    void failures_ofEveryKind_carryNoValue() {
        try (PracticeDatabase app =
                PracticeDatabase.open(wire.settings(EmbeddedDatabase.APP).withPoolSize(1))) {
            Caller caller = new Caller(
                    Examples.GLOW.practice(), null, null, null, new Origin(null, VALUE + " agent", UUID.randomUUID()));
            app.one(caller, Examples.insertNote(UUID.randomUUID(), VALUE), Row::toString);
            for (Query query : failing()) {
                for (int run = 0; run < 6; run++) {
                    assertNoValue(query, catchThrowable(() -> app.first(caller, query, Row::toString)));
                    assertNoValue(
                            query,
                            catchThrowable(() -> app.inTransaction(caller, transaction -> {
                                return String.valueOf(catchThrowable(() -> transaction.first(query, Row::toString)));
                            })));
                }
            }
            for (RowMapper<Object> mapper : misreading()) {
                assertNoValue("reading", catchThrowable(() -> app.first(caller, Examples.NOTES.bind(), mapper)));
            }
            wire.cutNextRequestAfter(100);
            assertNoValue(
                    "cut",
                    catchThrowable(
                            () -> app.one(caller, Examples.insertNote(UUID.randomUUID(), VALUE + 2), Row::toString)));
        }

        assertThat(logged).hasSizeGreaterThan(100);
        assertThat(logged.stream().filter(line -> line.contains(VALUE))).isEmpty();
    }

    private static List<Query> failing() {
        return List.of(
                Examples.INSERT_NOTE.bind().uuid("id", UUID.randomUUID()).text("body", VALUE),
                Examples.INSERT_NOTE.bind().uuid("id", UUID.randomUUID()).text("body", VALUE.repeat(10)),
                Sql.of("select :v::uuid").bind().text("v", VALUE),
                Sql.of("select :v::int").bind().text("v", VALUE),
                Sql.of("select :v::timestamptz").bind().text("v", VALUE),
                Sql.of("select :v::jsonb").bind().json("v", VALUE),
                Sql.of("select :v::text[]").bind().text("v", VALUE),
                Sql.of("select :v::regclass").bind().text("v", VALUE),
                Sql.of("select body::int from notes where :v = :v").bind().text("v", VALUE),
                Sql.of("select :v || chr(0)").bind().text("v", VALUE),
                Sql.of("select :v").bind().text("v", VALUE + '\0'),
                Sql.of("select 'x' ~ (:v || '(')").bind().text("v", VALUE),
                Sql.of("select no_such_function(:v)").bind().text("v", VALUE),
                Sql.of("select set_config('no.such', :v, false), 1 / 0").bind().text("v", VALUE),
                Sql.of("selec :v").bind().text("v", VALUE));
    }

    private static List<RowMapper<Object>> misreading() {
        return List.of(
                row -> row.integer("body"),
                row -> row.bigint("body"),
                row -> row.bool("body"),
                row -> row.uuid("body"),
                row -> row.instant("body"),
                row -> row.date("body"),
                row -> row.numeric("body"),
                row -> row.texts("body"));
    }

    private static void assertNoValue(Object what, Throwable thrown) {
        assertThat(thrown).as("%s", what).isInstanceOf(DatabaseException.class).hasNoCause();
        assertThat(thrown.getSuppressed()).isEmpty();
        StringWriter everything = new StringWriter();
        thrown.printStackTrace(new PrintWriter(everything));
        assertThat(everything.toString()).doesNotContain(VALUE);
    }
}
