package com.medspasync.clients;

import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.rotation.KeyRewrap;
import com.medspasync.rotation.KeyRewrap.Statements;
import com.medspasync.rotation.Sweep;

/** Wraps clients' keys under the new version of their practice's key. */
public final class ClientKeyRewrap {

    private static final Statements STATEMENTS =
            Statements.of("client_keys", "client_id", "practice_key_version", "k.practice_id = :practice::uuid");

    private ClientKeyRewrap() {}

    /**
     * The sweep.
     *
     * @param database logged in for maintenance
     */
    public static Sweep of(PracticeDatabase database, KeyHierarchy keys) {
        return new KeyRewrap(
                database,
                STATEMENTS,
                (turn, client, version, wrapped) ->
                        keys.rewrapClientKey(turn.practice(), client, version, wrapped, turn.to()));
    }
}
