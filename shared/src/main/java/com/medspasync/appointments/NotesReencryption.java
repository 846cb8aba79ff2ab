package com.medspasync.appointments;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.history.HistoryReencryption;
import com.medspasync.keyring.WrappedKeyCache;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Encrypts the notes of a client's appointments under the new version of the client's key. The version that clients of the API hold on to stays: what they
 * read is what there is.
 */
public final class NotesReencryption implements Sweep {

    /** A ciphertext has its key's version in its third to sixth byte. */
    private static final Sql LEFT = Sql.of("""
            with %s,
            left_over as (
              select id, date_time, notes
              from appointments
              where practice_id = :practice::uuid and client_id = :id::uuid and notes is not null
                and substring(notes from 3 for 4) <> int4send(:to_version)
              order by date_time, id
              limit :most)
            select * from left_over cross join keyring""".formatted(WrappedKeys.CTE));

    /** Whoever has changed it meanwhile has encrypted it under the new version. */
    private static final Sql REPLACE = Sql.of("""
            with %s
            update appointments
            set notes = :anew
            where exists (select from held) and practice_id = :practice::uuid and id = :id::uuid and date_time = :date_time::timestamptz
              and notes = :before""".formatted(Turn.HELD));

    private static final Sql HISTORY = HistoryReencryption.left(
            NotesCipher.TABLE,
            "select id from appointments where practice_id = :practice::uuid and client_id = :id::uuid");

    private final PracticeDatabase database;
    private final NotesCipher cipher;

    /** @param database logged in for maintenance */
    public NotesReencryption(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        this.database = database;
        this.cipher = new NotesCipher(database, keys, fields, new WrappedKeyCache());
    }

    /** What the audit keeps of them; after the notes themselves. */
    public static Sweep ofHistory(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        return new HistoryReencryption(database, keys, fields, HISTORY, NotesCipher.TABLE, List.of(NotesCipher.COLUMN));
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Note(UUID id, Instant dateTime, byte[] sealed, WrappedKeys keys) {}

    @Override
    public Batch next(Turn turn, int most) {
        List<Note> left = database.list(
                turn.caller(),
                LEFT.bind()
                        .uuid("id", turn.client())
                        .integer("to_version", turn.to())
                        .integer("most", most),
                row -> new Note(row.uuid("id"), row.instant("date_time"), row.bytes("notes"), WrappedKeys.of(row)));
        int moved = 0;
        for (Note note : left) {
            moved += replace(turn, note) ? 1 : 0;
        }
        return new Batch(left.size(), moved);
    }

    private boolean replace(Turn turn, Note note) {
        DataKeys keys = cipher.open(turn.practice(), turn.client(), note.keys());
        DataKey key = keys.version(turn.to());
        String text = cipher.open(turn.practice(), note.id(), keys, note.sealed());
        return database.update(
                        turn.caller(),
                        turn.hold(REPLACE.bind())
                                .uuid("id", note.id())
                                .instant("date_time", note.dateTime())
                                .bytes("before", note.sealed())
                                .bytes("anew", cipher.seal(turn.practice(), note.id(), key, text)))
                > 0;
    }
}
