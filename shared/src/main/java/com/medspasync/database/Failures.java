package com.medspasync.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Turns what the driver throws into {@link DatabaseException}s without values. A server's message may quote a value ("invalid input
 * syntax for type uuid: ..."), so of a failed statement only the SQLSTATE and the names of tables, columns and constraints are kept,
 * and the driver's exception never becomes a cause.
 */
final class Failures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private Failures() {}

    /** The database is known to be down. */
    static DatabaseUnavailable down() {
        return new DatabaseUnavailable("the database does not answer", null, RETRY_AFTER, false);
    }

    /** No connection could be had. The reason is given: nothing has been bound yet that it could quote. */
    static DatabaseUnavailable connecting(SQLException e) {
        SQLException reason = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            reason = cause instanceof SQLException sql ? sql : reason;
        }
        return new DatabaseUnavailable(
                "no database connection: " + reason.getMessage(), reason.getSQLState(), RETRY_AFTER, false);
    }

    /**
     * A statement or a commit failed.
     *
     * @param what the SQL, or what else was under way
     * @param commits whether success would have been a commit
     */
    static DatabaseException running(SQLException e, Object what, boolean commits) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        String message = "SQLSTATE " + state + names(e) + " in: " + what;
        if (losesConnection(state)) {
            return new DatabaseUnavailable(message, state, RETRY_AFTER, commits);
        }
        if (isUnable(state)) {
            return new DatabaseUnavailable(message, state, RETRY_AFTER, false);
        }
        if (state.startsWith("23")) {
            return new ConstraintViolated(message, state, constraint(e));
        }
        return switch (state) {
            case SessionEnded.STATE -> new SessionEnded();
            case StatementRefused.STATE -> new StatementRefused();
            case "40001", "40P01", "57014", "55P03", "25P04" -> new DatabaseBusy(message, state);
            case "22012" ->
                new DatabaseFault(
                        "division by zero, by the statement or by the guard that it ran for its practice; " + message,
                        state);
            default -> new DatabaseFault(message, state);
        };
    }

    /** Whether the server has rolled everything back for a reason that a repetition is likely not to meet again. */
    static boolean isWorthRepeating(SQLException e) {
        return "40001".equals(e.getSQLState()) || "40P01".equals(e.getSQLState()) || isStalePlan(e);
    }

    /** Whether a prepared statement no longer fits the schema, or is gone from the session: another connection has no such memory. */
    static boolean isStalePlan(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        return server != null
                && ("26000".equals(server.getSQLState())
                        || ("0A000".equals(server.getSQLState())
                                && "RevalidateCachedQuery".equals(server.getRoutine())));
    }

    /** Whether the connection is gone, and with it the knowledge of what the server did last. */
    static boolean losesConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P0"));
    }

    /** Whether the server is full, has ended a forgotten transaction, or has become a standby. */
    private static boolean isUnable(String state) {
        return state.startsWith("53") || state.equals("25P03") || state.equals("25006");
    }

    private static String names(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        append(text, "table", server.getTable());
        append(text, "column", server.getColumn());
        append(text, "constraint", server.getConstraint());
        append(text, "routine", server.getRoutine());
        return text.toString();
    }

    private static void append(StringBuilder text, String what, @Nullable String name) {
        if (name != null) {
            text.append(", ").append(what).append(' ').append(name);
        }
    }

    private static String constraint(SQLException e) {
        ServerErrorMessage server = serverMessage(e);
        if (server == null) {
            return "";
        }
        if (server.getConstraint() != null) {
            return server.getConstraint();
        }
        return server.getTable() + "." + (server.getColumn() == null ? "partition" : server.getColumn());
    }

    private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
        return e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }
}
