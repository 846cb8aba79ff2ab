package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireCounterTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.empty();
    private final WireCounter wire = WireCounter.before(database);
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(wire.url(), EmbeddedDatabase.APP, "");
        execute("select 1");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        wire.close();
    }

    @Test
    void during_separateStatements_countsEach() {
        assertThat(wire.during(() -> {
                    execute("select 1");
                    execute("select 2");
                    execute("select 3; select 4");
                }))
                .isEqualTo(new WireCounter.Trips(3, 3));
    }

    @Test
    void during_transaction_countsTheCommitButNotTheBegin() throws SQLException {
        connection.setAutoCommit(false);

        assertThat(wire.during(() -> {
                            execute("select 1");
                            commit();
                        })
                        .count())
                .isEqualTo(2);
    }

    @Test
    void during_moreThanOneBufferOfRequest_isOneTrip() {
        assertThat(wire.during(() -> execute("select '" + "x".repeat(1_000_000) + "'"))
                        .count())
                .isEqualTo(1);
    }

    @Test
    void delay_perTrip_isPaidOncePerTrip() {
        wire.delay(Duration.ofMillis(50));

        long start = System.nanoTime();
        execute("select 1; select 2; select 3");

        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }

    @Test
    void cut_openConnection_breaksIt() {
        wire.cut();

        assertThatThrownBy(() -> execute("select 1")).hasMessageContaining("08006");
    }

    @Test
    void refuse_newConnections_areTurnedAway() {
        wire.refuse(true);
        assertThatThrownBy(() -> DriverManager.getConnection(wire.url(), EmbeddedDatabase.APP, ""))
                .isInstanceOf(SQLException.class);

        wire.refuse(false);
        execute("select 1");
    }

    @Test
    void loseNextAnswer_write_isCommittedThoughTheClientNeverLearns() {
        database.execute("create table t (x int)", "grant all on t to medspasync_app");
        wire.loseNextAnswer();

        assertThatThrownBy(() -> execute("insert into t values (1)")).hasMessageContaining("08006");

        database.execute("select 1 / (select count(*) from t)");
    }

    @Test
    void cutNextRequestAfter_write_neverHappens() {
        database.execute("create table t (x int)", "grant all on t to medspasync_app");
        wire.cutNextRequestAfter(20);

        assertThatThrownBy(() -> execute("insert into t values (1)")).hasMessageContaining("08006");

        database.execute("select 1 / (select count(*) = 0 from t)::int");
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getSQLState(), e);
        }
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getSQLState(), e);
        }
    }
}
