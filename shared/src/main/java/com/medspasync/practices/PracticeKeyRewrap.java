package com.medspasync.practices;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.rotation.KeyRewrap;
import com.medspasync.rotation.KeyRewrap.Statements;
import com.medspasync.rotation.Sweep;
import com.medspasync.tenant.PracticeId;

/** Wraps practices' keys under the new version of the root key. */
public final class PracticeKeyRewrap {

    private static final Statements STATEMENTS = Statements.of("practice_keys", "practice_id", "root_version", "true");

    private PracticeKeyRewrap() {}

    /**
     * The sweep.
     *
     * @param database logged in for maintenance
     */
    public static Sweep of(PracticeDatabase database, KeyHierarchy keys) {
        return new KeyRewrap(
                database,
                STATEMENTS,
                (turn, practice, version, wrapped) ->
                        keys.rewrapPracticeKey(new PracticeId(practice), version, wrapped, turn.to()));
    }
}
