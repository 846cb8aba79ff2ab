package com.medspasync.practices;

import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.crypto.WrappedPracticeKeys;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Practices' wrapped keys, as the database has them. Thread-safe. */
public final class PracticeKeyStore implements WrappedPracticeKeys {

    private static final Sql LOAD = Sql.of("""
            select version, root_version, wrapped, accepted, indexed, index_bits::int as index_bits
            from practice_keys
            where practice_id = :practice::uuid
            order by version""");

    private final PracticeDatabase database;
    private final Supplier<UUID> ids;

    /** @param ids names each load as a request of the platform's own */
    public PracticeKeyStore(PracticeDatabase database, Supplier<UUID> ids) {
        this.database = database;
        this.ids = ids;
    }

    @Override
    public List<WrappedPracticeKey> load(PracticeId practice) {
        Caller platform = Caller.platform(practice, new Origin(null, null, ids.get()));
        return database.list(
                platform,
                LOAD.bind(),
                row -> new WrappedPracticeKey(
                        row.integer("version"),
                        row.integer("root_version"),
                        row.bytes("wrapped"),
                        row.bool("accepted"),
                        row.bool("indexed"),
                        row.integer("index_bits")));
    }

    /** Binds the columns of {@code key}, as statements that store one name them. */
    static Query bind(Query query, WrappedPracticeKey key) {
        return query.integer("key_version", key.version())
                .integer("root_version", key.rootVersion())
                .bytes("wrapped", key.wrapped())
                .bool("accepted", key.accepted())
                .bool("indexed", key.indexed())
                .integer("index_bits", key.indexBits());
    }
}
