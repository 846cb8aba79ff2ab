package com.medspasync.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The driver's trap that {@link Sql} guards against, sprung by hand: it is real in the driver this project uses. */
class GuardTest {

    private static final EmbeddedDatabase DATABASE = Examples.withNotes(EmbeddedDatabase.empty());
    private static final PracticeDatabase APP = DATABASE.open(EmbeddedDatabase.APP);
    private static final UUID NOTE = UUID.randomUUID();

    private static final String SETTING = "select set_config('app.current_practice_id', ?, true); ";
    private static final String READ = "select body from notes where id = ?";

    @BeforeAll
    static void writeANote() {
        APP.one(Examples.GLOW, Examples.insertNote(NOTE, "seen"), row -> row.uuid("id"));
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void pipeline_untypedBindWithoutGuard_losesThePracticeSilently() throws SQLException {
        List<Integer> rows = new ArrayList<>();
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.APP)) {
            for (int run = 0; run < 8; run++) {
                rows.add(rowsReadWith(connection, SETTING + READ));
            }
        }

        assertThat(rows.getFirst()).isEqualTo(1);
        assertThat(rows.getLast()).isZero();
    }

    @Test
    void pipeline_untypedBindWithGuard_failsInsteadOfReadingNothing() throws SQLException {
        String guarded = Examples.READ_NOTE.pipeline(Examples.GLOW);
        String guard = guarded.substring(guarded.lastIndexOf(';'));
        try (Connection connection = DATABASE.connect(EmbeddedDatabase.APP)) {
            assertThatThrownBy(() -> {
                        for (int run = 0; run < 8; run++) {
                            assertThat(rowsReadWith(connection, SETTING + READ + guard))
                                    .isEqualTo(1);
                        }
                    })
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22012"));
        }
    }

    @Test
    void one_typedBindsOften_keepThePractice() {
        for (int run = 0; run < 20; run++) {
            String body = APP.one(Examples.GLOW, Examples.readNote(NOTE), row -> row.text("body"));
            assertThat(body).isEqualTo("seen");
        }
    }

    /** Binds the id as the driver's untyped OTHER, as {@code setObject} with a careless type would. */
    private static int rowsReadWith(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, Examples.GLOW.practice().toString());
            statement.setObject(2, NOTE.toString(), Types.OTHER);
            statement.execute();
            statement.getMoreResults();
            int count = 0;
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    count++;
                }
            }
            return count;
        }
    }
}
