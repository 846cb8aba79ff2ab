package com.medspasync.rotation;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import java.util.List;
import java.util.UUID;

/** Wraps the keys of one table under the new version of the key that they are wrapped by. What they encrypt is not touched. */
public final class KeyRewrap implements Sweep {

    private final PracticeDatabase database;
    private final Statements statements;
    private final Rewrapping rewrapping;

    /** @param database logged in for maintenance */
    public KeyRewrap(PracticeDatabase database, Statements statements, Rewrapping rewrapping) {
        this.database = database;
        this.statements = statements;
        this.rewrapping = rewrapping;
    }

    /** Wraps a key anew under the version that the rotation goes to. */
    @FunctionalInterface
    public interface Rewrapping {

        /**
         * The key as it is wrapped by the new version.
         *
         * @throws com.medspasync.crypto.TamperedCiphertext when {@code wrapped} is not that version of the owner's key
         */
        byte[] rewrapped(Turn turn, UUID owner, int version, byte[] wrapped);
    }

    /** How wrapped keys are found and replaced. */
    public record Statements(Sql left, Sql rewrap) {

        /**
         * For a table with the columns {@code version} and {@code wrapped}.
         *
         * @param owner the column that names whose key it is
         * @param wrappedBy the column with the version of the key that it is wrapped by
         * @param scope which rows, of the alias {@code k}, the rotation is about
         */
        public static Statements of(String table, String owner, String wrappedBy, String scope) {
            return new Statements(Sql.of("""
                            select k.%2$s as owner, k.version, k.wrapped
                            from %1$s k
                            where %4$s and k.%3$s = :from_version
                            order by k.%2$s, k.version
                            limit :most""".formatted(table, owner, wrappedBy, scope)), Sql.of("""
                            with %5$s
                            update %1$s k
                            set wrapped = n.wrapped, %3$s = :to_version
                            from unnest(:owners::uuid[], :versions::int[], :wrapped::bytea[]) as n (owner, version, wrapped)
                            where exists (select from held) and %4$s
                              and k.%2$s = n.owner and k.version = n.version and k.%3$s = :from_version""".formatted(
                            table, owner, wrappedBy, scope, Turn.HELD)));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Wrapped(UUID owner, int version, byte[] wrapped) {}

    @Override
    public Batch next(Turn turn, int most) {
        List<Wrapped> left = database.list(
                turn.caller(),
                statements.left().bind().integer("from_version", turn.from()).integer("most", most),
                row -> new Wrapped(row.uuid("owner"), row.integer("version"), row.bytes("wrapped")));
        if (left.isEmpty()) {
            return Batch.NOTHING;
        }
        long moved = database.update(
                turn.caller(),
                turn.hold(statements.rewrap().bind())
                        .integer("from_version", turn.from())
                        .integer("to_version", turn.to())
                        .uuids("owners", left.stream().map(Wrapped::owner).toList())
                        .integers(
                                "versions", left.stream().map(Wrapped::version).toList())
                        .bytesList(
                                "wrapped",
                                left.stream()
                                        .map(key ->
                                                rewrapping.rewrapped(turn, key.owner(), key.version(), key.wrapped()))
                                        .toList()));
        return new Batch(left.size(), moved);
    }
}
