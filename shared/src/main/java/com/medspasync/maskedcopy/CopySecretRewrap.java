package com.medspasync.maskedcopy;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.List;
import java.util.UUID;

/** Seals the secrets of copies that are not complete under the new version of the root key. */
public final class CopySecretRewrap implements Sweep {

    private static final Sql LEFT = Sql.of("""
            select id, secret
            from masked_copies
            where secret_root_version = :from_version and secret is not null
            order by id
            limit :most""");

    private static final Sql REWRAP = Sql.of("""
            with %s
            update masked_copies c
            set secret = n.secret, secret_root_version = :to_version
            from unnest(:ids::uuid[], :secrets::bytea[]) as n (id, secret)
            where exists (select from held) and c.practice_id = platform_practice() and c.id = n.id
              and c.secret_root_version = :from_version""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final CopySecrets secrets;

    /** @param database logged in for maintenance */
    public CopySecretRewrap(PracticeDatabase database, CopySecrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Left(UUID id, byte[] secret) {}

    @Override
    public Batch next(Turn turn, int most) {
        List<Left> left = database.list(
                turn.caller(),
                LEFT.bind().integer("from_version", turn.from()).integer("most", most),
                row -> new Left(row.uuid("id"), row.bytes("secret")));
        if (left.isEmpty()) {
            return Batch.NOTHING;
        }
        List<byte[]> anew = left.stream()
                .map(copy -> secrets.reseal(copy.id(), copy.secret(), turn.to()).bytes())
                .toList();
        long moved = database.update(
                turn.caller(),
                turn.hold(REWRAP.bind())
                        .integer("from_version", turn.from())
                        .integer("to_version", turn.to())
                        .uuids("ids", left.stream().map(Left::id).toList())
                        .bytesList("secrets", anew));
        return new Batch(left.size(), moved);
    }
}
