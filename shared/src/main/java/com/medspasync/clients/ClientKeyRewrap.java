package com.medspasync.clients;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.List;
import java.util.UUID;

/** Wraps clients' keys under the new version of their practice's key. What they encrypt is not touched. */
public final class ClientKeyRewrap implements Sweep {

    private static final Sql LEFT = Sql.of("""
            select client_id, version, wrapped
            from client_keys
            where practice_id = :practice::uuid and practice_key_version = :from_version
            order by client_id, version
            limit :most""");

    private static final Sql REWRAP = Sql.of("""
            with %s
            update client_keys k
            set wrapped = n.wrapped, practice_key_version = :to_version
            from unnest(:clients::uuid[], :versions::int[], :wrapped::bytea[]) as n (client_id, version, wrapped)
            where exists (select from held)
              and k.practice_id = :practice::uuid and k.client_id = n.client_id and k.version = n.version
              and k.practice_key_version = :from_version""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;

    /** @param database logged in for maintenance */
    public ClientKeyRewrap(PracticeDatabase database, KeyHierarchy keys) {
        this.database = database;
        this.keys = keys;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Wrapped(UUID client, int version, byte[] wrapped) {}

    @Override
    public int next(Turn turn, int most) {
        List<Wrapped> left = database.list(
                turn.caller(),
                LEFT.bind().integer("from_version", turn.from()).integer("most", most),
                row -> new Wrapped(row.uuid("client_id"), row.integer("version"), row.bytes("wrapped")));
        if (!left.isEmpty()) {
            database.update(
                    turn.caller(),
                    turn.hold(REWRAP.bind())
                            .integer("from_version", turn.from())
                            .integer("to_version", turn.to())
                            .uuids("clients", left.stream().map(Wrapped::client).toList())
                            .integers(
                                    "versions",
                                    left.stream().map(Wrapped::version).toList())
                            .bytesList(
                                    "wrapped",
                                    left.stream()
                                            .map(key -> rewrapped(turn, key))
                                            .toList()));
        }
        return left.size();
    }

    private byte[] rewrapped(Turn turn, Wrapped key) {
        return keys.rewrapClientKey(turn.practice(), key.client(), key.version(), key.wrapped(), turn.to());
    }
}
