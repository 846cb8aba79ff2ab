package com.medspasync.database;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Emergency;
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

    /** What {@link Caller} fills in. */
    private static final List<String> RESERVED = List.of("practice", "user", "address", "agent", "request", "purpose");

    /**
     * Tells row-level security and the audit who acts, until the end of the transaction. Sent in the same round trip as the
     * statement, and therefore before it in the same implicit transaction.
     */
    private static final String SETTINGS = """
            select set_config('app.current_practice_id', ?, true), set_config('app.current_user_id', ?, true), \
            set_config('app.client_address', ?, true), set_config('app.user_agent', ?, true), \
            set_config('app.request_id', ?, true)""";

    /** What a session adds: it is refused when it has ended, and what is recorded in an emergency is marked. */
    private static final String SESSION = """
            , set_config('app.break_glass', ?, true), require_session(?::uuid, ?::uuid, ?::uuid, ?, ?::uuid)""";

    /**
     * Fails the whole round trip if the statement before it did not run in the transaction of the settings: the practice reads ''
     * then, and this divides by zero. The driver splits the trip silently when a parameter has no type.
     */
    private static final String GUARD = ";\nselect 1/length(current_setting('app.current_practice_id', true))";

    /** How many settings are texts, where nothing is an empty one; the rest are arguments, where it is null. */
    static final int TEXT_SETTINGS = 6;

    private final String text;
    private final String positional;
    private final String pipeline;
    private final String sessionPipeline;
    private final String[] names;
    private final int[] markers;

    private Sql(String text) {
        SqlText.Read read = SqlText.read(text);
        this.text = text.strip();
        this.positional = read.positional();
        this.pipeline = SETTINGS + ";\n" + positional + GUARD;
        this.sessionPipeline = SETTINGS + SESSION + ";\n" + positional + GUARD;
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

    /** The settings of {@code caller}, the statement and the guard, as they go to the server in one round trip. */
    String pipeline(Caller caller) {
        return caller.session() == null ? pipeline : sessionPipeline;
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

    /** What {@code caller} fills in by name, null where there is nothing. */
    static @Nullable String[] reserved(Caller caller) {
        return new @Nullable String[] {
            caller.practice().toString(),
            Objects.toString(caller.user(), null),
            caller.origin().address(),
            caller.origin().userAgent(),
            caller.origin().requestId().toString(),
            Objects.toString(caller.purpose(), null)
        };
    }

    /** The values of the settings for {@code caller}, in the order of {@link #pipeline}. */
    static @Nullable String[] settings(Caller caller) {
        String practice = caller.practice().toString();
        String user = Objects.toString(caller.user(), null);
        String address = caller.origin().address();
        String agent = caller.origin().userAgent();
        String request = caller.origin().requestId().toString();
        if (caller.session() == null) {
            return new @Nullable String[] {practice, user, address, agent, request};
        }
        Emergency emergency = caller.emergency();
        String leave = emergency == null ? null : emergency.access().toString();
        return new @Nullable String[] {
            practice,
            user,
            address,
            agent,
            request,
            leave,
            caller.home().toString(),
            caller.session().toString(),
            user,
            caller.role() == null ? null : caller.role().stored(),
            leave
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
