package com.medspasync.clients;

import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.history.HistoryEntry;
import com.medspasync.history.HistoryReencryption;
import com.medspasync.history.RecordHistory;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.rotation.Sweep;
import com.medspasync.tenant.Caller;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit keeps of clients' past. */
public final class ClientHistory {

    static final Sql PAGE = RecordHistory.statement("clients", """
            select id, id as client_id
            from clients
            where practice_id = :practice::uuid and id = :id::uuid""");

    private static final Sql LEFT = HistoryReencryption.left("clients", ":id::uuid");

    private final RecordHistory history;
    private final ClientCipher cipher;

    ClientHistory(PracticeDatabase database, ClientCipher cipher, Cursors cursors) {
        this.history = new RecordHistory(database, cursors, PAGE, "client");
        this.cipher = cipher;
    }

    /** Has it encrypted anew when a client's key rotates; {@code database} is logged in for maintenance. */
    public static Sweep reencryption(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        return new HistoryReencryption(
                database,
                keys,
                fields,
                LEFT,
                "clients",
                Arrays.stream(SealedColumn.values()).map(SealedColumn::column).toList());
    }

    Lookup<Listing<HistoryEntry>> page(Caller caller, UUID id, int top, @Nullable String cursor) {
        return history.page(caller, id, top, cursor, HistoryReader.unmasked(caller, id), keyed -> {
            HistoryReader reader = new HistoryReader(cipher, caller, id, keyed.keys());
            return reader::changes;
        });
    }
}
