package com.medspasync.identity;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Row;
import com.medspasync.database.RowMapper;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How often somebody may try to get in from one network. Each try is counted by the statement that looks up whom it is for, before
 * anything dear is done, and taken off again when it led in: what adds up is tries that failed, or are under way. So a practice whose
 * people all come from one address is not in its own way.
 *
 * @param most tries within {@code window}, at least 1
 * @param window begins with a network's first try
 */
public record NetworkLimit(int most, Duration window) {

    /**
     * What a statement says that looks something up within a limit.
     *
     * @param throttledFor null where the limit is not passed
     * @param found null where there is nothing, and past the limit
     */
    record Admission<T>(
            @Nullable Duration throttledFor, @Nullable T found) {}

    /**
     * A common table expression named {@code admission} with one row: whether the limit is passed, {@code throttled}, and in how many
     * {@code seconds} the window ends.
     */
    static final String CTE = """
            admission as (
              insert into login_networks as n (network) values (:network)
              on conflict (network) do update set
                since = case when n.since < now() - make_interval(secs => :window) then now() else n.since end,
                attempts = case when n.since < now() - make_interval(secs => :window) then 1 else n.attempts + 1 end
              returning attempts > :most as throttled,
                ceil(extract(epoch from since + make_interval(secs => :window) - now()))::int as seconds)""";

    /** A common table expression that takes the try off again when the one named {@code entered} has a row. */
    static final String FORGIVEN = """
            forgiven as (
              update login_networks set attempts = attempts - 1
              where network = :network and attempts > 0 and exists (select from entered))""";

    private static final Sql FORGIVE = Sql.of("""
            update login_networks set attempts = attempts - 1
            where network = :network and attempts > 0""");

    public NetworkLimit {
        if (most < 1 || !window.isPositive()) {
            throw new IllegalArgumentException("a limit allows something within some time");
        }
    }

    /** 30 within five minutes. */
    public static NetworkLimit standard() {
        return new NetworkLimit(30, Duration.ofMinutes(5));
    }

    /** Binds the parameters of {@link #CTE}. */
    Query bind(Query query, Origin origin) {
        return bindNetwork(query, origin).integer("most", most).bigint("window", window.toSeconds());
    }

    /** Takes a try off again of which nothing was decided. */
    static void forgive(PracticeDatabase database, Origin origin) {
        database.update(Caller.anonymous(origin), bindNetwork(FORGIVE.bind(), origin));
    }

    /**
     * Reads a row of a statement that joins what it looks up to {@code admission}.
     *
     * @param key a column that is not null where something was found
     */
    static <T> Admission<T> admission(Row row, String key, RowMapper<T> mapper) {
        return new Admission<>(
                row.bool("throttled") ? Duration.ofSeconds(row.integer("seconds")) : null,
                row.uuidOrNull(key) == null ? null : mapper.map(row));
    }

    /** Binds the parameter of {@link #FORGIVEN}. */
    static Query bindNetwork(Query query, Origin origin) {
        return query.text("network", ClientNetwork.of(origin.address()).key());
    }
}
