package com.medspasync.clients;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Query;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Encrypts a client's record under the new version of the client's key, column by column. The version that clients of the API hold on to stays: what they
 * read is what there is. The audit has the change as the platform's, with the ciphertexts on both sides; {@link HistoryReencryption} comes after.
 */
public final class ClientReencryption implements Sweep {

    /** Each column on its own: whoever has changed one meanwhile has encrypted it under the new version. */
    private static final Sql REPLACE = Sql.of("""
            with %s
            update clients
            set %s
            where exists (select from held) and practice_id = :practice::uuid and id = :id::uuid""".formatted(
                    Turn.HELD,
                    Arrays.stream(SealedColumn.values())
                            .map(column -> "%1$s = case when %1$s = :before_%1$s then :%1$s_anew else %1$s end"
                                    .formatted(column.column()))
                            .collect(Collectors.joining(",\n"))));

    private final PracticeDatabase database;
    private final ClientCipher cipher;

    /** @param database logged in for maintenance */
    public ClientReencryption(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        this.database = database;
        this.cipher = new ClientCipher(keys, fields);
    }

    @Override
    public Batch next(Turn turn, int most) {
        Optional<ClientBase> found = ClientBase.fetch(database, turn.caller(), turn.client());
        if (found.isEmpty()) {
            return Batch.NOTHING;
        }
        ClientRow row = found.get().row();
        DataKeys clientKeys = cipher.keys(turn.practice(), turn.client(), row.keys());
        DataKey key = clientKeys.version(turn.to());
        Query query = turn.hold(REPLACE.bind()).uuid("id", turn.client());
        int left = 0;
        for (SealedColumn column : SealedColumn.values()) {
            byte[] before = row.sealed(column);
            String text = null;
            if (before != null && FieldCipher.keyVersion(before) != turn.to()) {
                text = cipher.open(turn.practice(), turn.client(), clientKeys, column, before);
                left++;
            }
            query.bytes("before_" + column.column(), text == null ? null : before)
                    .bytes(column.column() + "_anew", cipher.seal(turn.practice(), turn.client(), key, column, text));
        }
        if (left == 0) {
            return Batch.NOTHING;
        }
        return new Batch(left, database.update(turn.caller(), query) == 0 ? 0 : left);
    }
}
