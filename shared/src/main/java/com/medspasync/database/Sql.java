package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.PracticeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One SQL statement with named parameters, read once: hold it in a {@code static final} field beside the method that runs it.
 *
 * <pre>{@code
 * private static final Sql FIND = Sql.of("""
 *         select id, last_name, version
 *         from clients
 *         where practice_id = :practice::uuid and id = :id::uuid""");
 * }</pre>
 *
 * <p>Values travel as text, so the SQL casts what is neither text, bytea, boolean nor an integer: {@code :id::uuid},
 * {@code :at::timestamptz}, {@code :body::jsonb}, {@code :price::numeric}, {@code :day::date}, {@code :tags::text[]}. The names
 * {@code :practice}, {@code :user}, {@code :address}, {@code :agent}, {@code :request} and {@code :purpose} are bound from the
 * {@link Caller}.
 *
 * <p>Immutable and safe for threads. Two are equal only if they are the same object.
 */
public final class Sql {

    /** What {@link Caller} fills in: first what the settings below say, in their order, then what only statements ask for. */
    private static final List<String> RESERVED = List.of("practice", "user", "address", "agent", "request", "purpose");

    /**
     * Tells row-level security and the audit who acts, until the end of the transaction. Sent in the same round trip as the
     * statement, and therefore before it in the same implicit transaction.
     */
    private static final String SETTINGS = """
            select set_config('app.current_practice_id', ?, true), set_config('app.current_user_id', ?, true), \
            set_config('app.client_address', ?, true), set_config('app.user_agent', ?, true), \
            set_config('app.request_id', ?, true);
            """;

    /**
     * Fails the whole round trip if the statement before it did not run in the transaction of the settings: the practice reads ''
     * then, and this divides by zero. The driver splits the trip silently when a parameter has no type.
     */
    private static final String GUARD = ";\nselect 1/length(current_setting('app.current_practice_id', true))";

    static final int SETTINGS_COUNT = 5;

    private final String text;
    private final String positional;
    private final String pipeline;
    private final String[] names;
    private final int[] markers;

    private Sql(String text) {
        SqlText.Read read = SqlText.read(text);
        this.text = text.strip();
        this.positional = read.positional();
        this.pipeline = SETTINGS + positional + GUARD;
        List<String> distinct = new ArrayList<>();
        for (String name : read.names()) {
            if (!RESERVED.contains(name) && !distinct.contains(name)) {
                distinct.add(name);
            }
        }
        this.names = distinct.toArray(String[]::new);
        this.markers = read.names().stream()
                .mapToInt(name -> RESERVED.contains(name) ? ~RESERVED.indexOf(name) : distinct.indexOf(name))
                .toArray();
    }

    /**
     * Reads a statement.
     *
     * @throws IllegalArgumentException if quotes, comments or semicolons show that it is not one complete statement
     */
    public static Sql of(String text) {
        return new Sql(text);
    }

    /** Starts to bind values for one execution. */
    public Query bind() {
        return new Query(this);
    }

    /** The statement with markers instead of names. */
    String positional() {
        return positional;
    }

    /** The settings, the statement and the guard, as they go to the server in one round trip. */
    String pipeline() {
        return pipeline;
    }

    /** At each marker after the settings: the index of its name, or the complement of the index of what the caller fills in. */
    int[] markers() {
        return markers;
    }

    int parameterCount() {
        return names.length;
    }

    String name(int index) {
        return names[index];
    }

    int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("no parameter :" + name + " to bind in: " + text);
    }

    /** What {@code caller} fills in, null where there is nothing; the first {@link #SETTINGS_COUNT} are the settings' values. */
    static @Nullable String[] reserved(Caller caller) {
        PracticeId practice = caller.practice();
        return new @Nullable String[] {
            practice.toString(),
            Objects.toString(caller.user(), null),
            caller.origin().address(),
            caller.origin().userAgent(),
            caller.origin().requestId().toString(),
            Objects.toString(caller.purpose(), null)
        };
    }

    /** The statement as it was written, with names instead of values. */
    @Override
    public String toString() {
        return text;
    }

    /** The names to bind, for messages and tests. */
    List<String> names() {
        return Arrays.asList(names);
    }
}
