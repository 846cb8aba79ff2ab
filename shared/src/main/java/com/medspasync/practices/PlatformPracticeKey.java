package com.medspasync.practices;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.WrappedPracticeKey;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.PracticeId;
import java.util.UUID;

/** The key of the platform's own practice, under which its operators' secrets lie: the migrator makes it when it is not there. */
public final class PlatformPracticeKey {

    private static final Sql CREATE = Sql.of("""
            insert into practice_keys (practice_id, version, root_version, wrapped, accepted, indexed, index_bits)
            select :practice::uuid, :key_version, :root_version, :wrapped, :accepted, :indexed, :index_bits
            where not exists (select from practice_keys where practice_id = :practice::uuid)
            on conflict do nothing""");

    private final KeyHierarchy keys;

    public PlatformPracticeKey(KeyHierarchy keys) {
        this.keys = keys;
    }

    /** Makes it; whether it was not there. */
    public boolean create(PracticeDatabase asOwner) {
        WrappedPracticeKey key = keys.createPracticeKey(PracticeId.PLATFORM);
        Caller platform = Caller.platform(PracticeId.PLATFORM, new Origin(null, null, UUID.randomUUID()));
        return asOwner.update(platform, PracticeKeyStore.bind(CREATE.bind(), key)) > 0;
    }
}
