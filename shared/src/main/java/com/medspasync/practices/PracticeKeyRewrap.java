package com.medspasync.practices;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.UUID;

/** Wraps practices' keys under the new version of the root key. */
public final class PracticeKeyRewrap implements Sweep {

    private static final Sql LEFT = Sql.of("""
            select practice_id, version, wrapped
            from practice_keys
            where root_version = :from_version
            order by practice_id, version
            limit :most""");

    private static final Sql REWRAP = Sql.of("""
            with %s
            update practice_keys k
            set wrapped = n.wrapped, root_version = :to_version
            from unnest(:practices::uuid[], :versions::int[], :wrapped::bytea[]) as n (practice_id, version, wrapped)
            where exists (select from held)
              and k.practice_id = n.practice_id and k.version = n.version and k.root_version = :from_version""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;

    /** @param database logged in for maintenance */
    public PracticeKeyRewrap(PracticeDatabase database, KeyHierarchy keys) {
        this.database = database;
        this.keys = keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Wrapped(UUID practice, int version, byte[] wrapped) {}

    @Override
    public int next(Turn turn, int most) {
        List<Wrapped> left = database.list(
                turn.caller(),
                LEFT.bind().integer("from_version", turn.from()).integer("most", most),
                row -> new Wrapped(row.uuid("practice_id"), row.integer("version"), row.bytes("wrapped")));
        if (!left.isEmpty()) {
            database.update(
                    turn.caller(),
                    turn.hold(REWRAP.bind())
                            .integer("from_version", turn.from())
                            .integer("to_version", turn.to())
                            .uuids(
                                    "practices",
                                    left.stream().map(Wrapped::practice).toList())
                            .integers(
                                    "versions",
                                    left.stream().map(Wrapped::version).toList())
                            .bytesList(
                                    "wrapped",
                                    left.stream()
                                            .map(key -> rewrapped(key, turn.to()))
                                            .toList()));
        }
        return left.size();
    }

    private byte[] rewrapped(Wrapped key, int toRoot) {
        return keys.rewrapPracticeKey(new PracticeId(key.practice()), key.version(), key.wrapped(), toRoot);
    }
}
