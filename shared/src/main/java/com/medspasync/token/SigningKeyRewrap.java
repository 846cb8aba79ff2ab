package com.medspasync.token;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.job.JobStopped;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.List;

/** Seals the keys that sign access tokens under the new version of the root key. Expired ones are deleted instead: nobody needs them. */
public final class SigningKeyRewrap implements Sweep {

    private static final Sql LEFT = Sql.of("""
            select kid, public_jwk, wrapped_private, not_before, expires_at
            from signing_keys
            where root_version = :from_version and expires_at > now()
            order by kid
            limit :most""");

    private static final Sql REWRAP = Sql.of("""
            with %s
            update signing_keys k
            set wrapped_private = n.wrapped, root_version = :to_version
            from unnest(:kids::text[], :wrapped::bytea[]) as n (kid, wrapped)
            where exists (select from held) and k.kid = n.kid and k.root_version = :from_version""".formatted(Turn.HELD));

    private static final Sql DELETE_EXPIRED = Sql.of("""
            with %s
            delete from signing_keys
            where exists (select from held) and root_version = :from_version and expires_at <= now()""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final SealedSigningKeys sealed;

    /** @param database logged in for maintenance */
    public SigningKeyRewrap(PracticeDatabase database, SealedSigningKeys sealed) {
        this.database = database;
        this.sealed = sealed;
    }

    @Override
    public Batch next(Turn turn, int most) {
        List<SigningKey> left = database.list(
                turn.caller(),
                LEFT.bind().integer("from_version", turn.from()).integer("most", most),
                row -> sealed.read(row)
                        .orElseThrow(() -> new JobStopped("signing key " + row.text("kid")
                                + " does not open under the root key: delete it, and resume")));
        if (left.isEmpty()) {
            database.update(turn.caller(), turn.hold(DELETE_EXPIRED.bind()).integer("from_version", turn.from()));
            return Batch.NOTHING;
        }
        long moved = database.update(
                turn.caller(),
                turn.hold(REWRAP.bind())
                        .integer("from_version", turn.from())
                        .integer("to_version", turn.to())
                        .texts("kids", left.stream().map(SigningKey::kid).toList())
                        .bytesList("wrapped", left.stream().map(sealed::seal).toList()));
        return new Batch(left.size(), moved);
    }
}
