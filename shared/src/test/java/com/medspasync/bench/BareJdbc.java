package com.medspasync.bench;

import com.medspasync.database.DatabaseSettings;
import com.medspasync.tenant.Caller;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The statements of {@link DatabaseBench} as an expert would write them by hand. */
final class BareJdbc implements AutoCloseable {

    private static final String SETTINGS = """
            select set_config('app.current_practice_id', ?, true), set_config('app.current_user_id', ?, true),
              set_config('app.client_address', ?, true), set_config('app.user_agent', ?, true),
              set_config('app.request_id', ?, true);
            """;

    private static final String GUARD = "; select 1/length(current_setting('app.current_practice_id', true))";

    private static final String TRIVIAL =
            SETTINGS + "select id from clients where id = ?::uuid and practice_id = ?::uuid" + GUARD;

    private static final String COLUMNS = """
            id, first_name, last_name, email, phone, date_of_birth, ssn, medical_history, status, version, created_at
            """;

    private static final String READ =
            SETTINGS + "select " + COLUMNS + "from clients where practice_id = ?::uuid and id = ?::uuid" + GUARD;

    private static final String AUDITED = SETTINGS + "with found as materialized (select " + COLUMNS + """
            from clients where practice_id = ?::uuid and id = ?::uuid),
            audit as (
              insert into audit_logs (practice_id, user_id, action, table_name, record_id, ip_address, user_agent, request_id)
              select ?::uuid, ?::uuid, 'READ', 'clients', id, ?, ?, ?::uuid
              from found)
            select * from found""" + GUARD;

    private final HikariDataSource pool;
    private final Caller caller;

    BareJdbc(DatabaseSettings settings, Caller caller) {
        this.caller = caller;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.url());
        config.setUsername(settings.user());
        config.setMaximumPoolSize(settings.poolSize());
        this.pool = new HikariDataSource(config);
    }

    Optional<String> trivial(UUID id) {
        return run(TRIVIAL, statement -> {
            statement.setString(6, id.toString());
            statement.setString(7, caller.practice().toString());
            ResultSet row = execute(statement);
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        });
    }

    Optional<BenchClient> read(UUID id) {
        return run(READ, statement -> {
            statement.setString(6, caller.practice().toString());
            statement.setString(7, id.toString());
            return client(execute(statement));
        });
    }

    Optional<BenchClient> audited(UUID id) {
        return run(AUDITED, statement -> {
            statement.setString(6, caller.practice().toString());
            statement.setString(7, id.toString());
            statement.setString(8, caller.practice().toString());
            statement.setString(9, Objects.toString(caller.user()));
            statement.setString(10, caller.origin().address());
            statement.setString(11, caller.origin().userAgent());
            statement.setString(12, caller.origin().requestId().toString());
            return client(execute(statement));
        });
    }

    private interface Work<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String sql, Work<T> work) {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, caller.practice().toString());
            statement.setString(2, Objects.toString(caller.user()));
            statement.setString(3, caller.origin().address());
            statement.setString(4, caller.origin().userAgent());
            statement.setString(5, caller.origin().requestId().toString());
            return work.on(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ResultSet execute(PreparedStatement statement) throws SQLException {
        statement.execute();
        statement.getMoreResults();
        return statement.getResultSet();
    }

    private static Optional<BenchClient> client(ResultSet row) throws SQLException {
        if (!row.next()) {
            return Optional.empty();
        }
        return Optional.of(new BenchClient(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBytes(6),
                row.getBytes(7),
                row.getBytes(8),
                row.getString(9),
                row.getInt(10),
                row.getObject(11, OffsetDateTime.class).toInstant()));
    }

    @Override
    public void close() {
        pool.close();
    }
}
