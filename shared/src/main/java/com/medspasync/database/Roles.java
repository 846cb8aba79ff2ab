package com.medspasync.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import org.postgresql.util.PasswordUtil;

/**
 * Makes the roles and lets them into the database, as far as that has not been done.
 *
 * <p>Whoever logs in for it needs no superuser, only CREATEROLE and BYPASSRLS, both of which an administrator of Azure Database for
 * PostgreSQL has, and to own the database or be a member of the role that does. Where everything is right already, nothing is
 * changed and nothing is needed but the right to act as the owner.
 */
final class Roles {

    private static final String OWNER = DatabaseRole.OWNER.roleName();
    private static final String APP = DatabaseRole.APP.roleName();
    private static final String MAINTENANCE = DatabaseRole.MAINTENANCE.roleName();

    /** Roles belong to the whole server: whoever prepares another of its databases may be a moment ahead. */
    private static final Set<String> DONE_BY_ANOTHER = Set.of("42710", "23505", "XX000");

    private static final int MOST_TRIES = 5;

    private final Connection connection;
    private final Map<DatabaseRole, String> passwords;

    /** @param passwords for roles that are yet to be made; a role without one logs in by other means */
    Roles(Connection connection, Map<DatabaseRole, String> passwords) {
        this.connection = connection;
        this.passwords = passwords;
    }

    /** @throws IllegalStateException if a role may do more than it must, or less, and that cannot be mended */
    void ensure() throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                for (DatabaseRole role : DatabaseRole.values()) {
                    ensure(role);
                }
                ensureMemberships();
                ensureGrants();
                return;
            } catch (SQLException e) {
                if (tries == MOST_TRIES || !DONE_BY_ANOTHER.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private void ensure(DatabaseRole role) throws SQLException {
        String name = role.roleName();
        if (!holds("select exists (select from pg_roles where rolname = ?)", name)) {
            execute("create role " + name + " login" + (role.bypassesRowSecurity() ? " bypassrls" : ""));
            String password = passwords.get(role);
            if (password != null) {
                // A hash, since statements may stand in the server's log; it is made of letters, digits and +/=:$-
                // alone.
                String hash = PasswordUtil.encodePassword(name, password.toCharArray(), "scram-sha-256");
                execute("alter role " + name + " password '" + hash + "'");
            }
        }
        boolean bypasses = holds("select rolbypassrls or rolsuper from pg_roles where rolname = ?", name);
        if (bypasses && !role.bypassesRowSecurity()) {
            throw new IllegalStateException("row-level security does not bind the role " + name + ", and must");
        }
        if (!bypasses && role.bypassesRowSecurity()) {
            execute("alter role " + name + " bypassrls");
        }
    }

    private void ensureMemberships() throws SQLException {
        if (!holds("select pg_has_role(?, ?, 'USAGE')", MAINTENANCE, OWNER)
                || !holds("select pg_has_role(?, ?, 'SET')", MAINTENANCE, OWNER)) {
            execute("grant " + OWNER + " to " + MAINTENANCE + " with inherit true, set true");
        }
        if (!holds("select pg_has_role(current_user, ?, 'SET')", OWNER)) {
            execute("grant " + OWNER + " to current_user with set true");
        }
        if (holds("select pg_has_role(?, ?, 'MEMBER')", APP, OWNER)) {
            throw new IllegalStateException("the role " + APP + " is a member of " + OWNER + ", and must not be");
        }
    }

    private void ensureGrants() throws SQLException {
        String database = text("select quote_ident(current_database())");
        if (mayIn("public", "CONNECT") || mayIn("public", "TEMPORARY")) {
            execute("revoke all on database " + database + " from public");
        }
        if (!mayIn(OWNER, "CREATE") || !mayIn(OWNER, "TEMPORARY") || !mayIn(OWNER, "CONNECT")) {
            execute("grant all on database " + database + " to " + OWNER);
        }
        for (String role : new String[] {APP, MAINTENANCE}) {
            if (!mayIn(role, "CONNECT")) {
                execute("grant connect on database " + database + " to " + role);
            }
        }
        if (!holds("select has_schema_privilege(?, 'public', 'CREATE')", OWNER)) {
            execute("grant all on schema public to " + OWNER);
        }
        if (mayIn(APP, "TEMPORARY") || mayIn(APP, "CREATE")) {
            throw new IllegalStateException("the role " + APP + " may create things in this database, and must not");
        }
    }

    private boolean mayIn(String role, String privilege) throws SQLException {
        return holds("select has_database_privilege(?, current_database(), ?)", role, privilege);
    }

    private boolean holds(String sql, String... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private String text(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
