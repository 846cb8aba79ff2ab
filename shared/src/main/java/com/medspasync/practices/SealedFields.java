package com.medspasync.practices;

import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.crypto.Purpose;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.util.List;
import java.util.UUID;

/** Encrypts anew what stands under a practice's key directly: one column of one table. */
public final class SealedFields implements Sweep {

    /** Every column that is encrypted under a key derived from the practice's. */
    private static final List<Column> COLUMNS = List.of(
            Column.of("practices", "tax_id", Purpose.PRACTICE_FIELDS),
            Column.of("practices", "license_number", Purpose.PRACTICE_FIELDS),
            Column.of("message_channels", "secret", Purpose.PRACTICE_FIELDS),
            Column.of("users", "mfa_secret", Purpose.USER_SECRETS));

    private record Column(String table, String name, Purpose purpose, Sql left, Sql replace) {

        static Column of(String table, String name, Purpose purpose) {
            // The version stands behind magic byte and suite (see Envelope).
            Sql left = Sql.of("""
                    select id, %2$s as sealed
                    from %1$s
                    where practice_id = :practice::uuid and substring(%2$s from 3 for 4) = int4send(:from_version)
                    order by id
                    limit :most""".formatted(table, name));
            Sql replace = Sql.of("""
                    with %3$s
                    update %1$s t
                    set %2$s = n.anew
                    from unnest(:ids::uuid[], :before::bytea[], :anew::bytea[]) as n (id, before, anew)
                    where exists (select from held) and t.practice_id = :practice::uuid and t.id = n.id and t.%2$s = n.before""".formatted(table, name, Turn.HELD));
            return new Column(table, name, purpose, left, replace);
        }
    }

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final Column column;

    private SealedFields(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher, Column column) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.column = column;
    }

    /**
     * One for each column.
     *
     * @param database logged in for maintenance
     */
    public static List<Sweep> all(PracticeDatabase database, KeyHierarchy keys, FieldCipher cipher) {
        return COLUMNS.stream()
                .<Sweep>map(column -> new SealedFields(database, keys, cipher, column))
                .toList();
    }

    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    private record Sealed(UUID id, byte[] sealed) {}

    @Override
    public Batch next(Turn turn, int most) {
        List<Sealed> left = database.list(
                turn.caller(),
                column.left().bind().integer("from_version", turn.from()).integer("most", most),
                row -> new Sealed(row.uuid("id"), row.bytes("sealed")));
        if (left.isEmpty()) {
            return Batch.NOTHING;
        }
        DataKey key = keys.purposeKeys(turn.practice(), column.purpose()).version(turn.to());
        long moved = database.update(
                turn.caller(),
                turn.hold(column.replace().bind())
                        .uuids("ids", left.stream().map(Sealed::id).toList())
                        .bytesList("before", left.stream().map(Sealed::sealed).toList())
                        .bytesList(
                                "anew",
                                left.stream()
                                        .map(field -> anew(turn, key, field))
                                        .toList()));
        return new Batch(left.size(), moved);
    }

    private byte[] anew(Turn turn, DataKey key, Sealed field) {
        FieldContext place = new FieldContext(turn.practice(), column.table(), column.name(), field.id());
        byte[] plain = cipher.decrypt(keys.purposeKeys(turn.practice(), column.purpose()), place, field.sealed());
        return cipher.encrypt(key, place, plain);
    }
}
