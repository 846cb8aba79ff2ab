package com.medspasync.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.FieldContext;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what the audit keeps of the past of a client's records of one kind under the new version of the client's key. The rows' digests stay, and so
 * does what is sealed; that the values were encrypted anew stands in the row.
 */
public final class HistoryReencryption implements Sweep {

    private static final Sql REPLACE = Sql.of("""
            with %s
            select coalesce(reencrypt_audit_values(
              :practice::uuid, :at::timestamptz, :audit::uuid, :old_values::jsonb, :new_values::jsonb, :old_anew::jsonb,
              :new_anew::jsonb), false) as done
            from held""".formatted(Turn.HELD));

    private final PracticeDatabase database;
    private final KeyHierarchy keys;
    private final FieldCipher cipher;
    private final Sql left;
    private final String table;
    private final List<String> columns;

    /**
     * The past of the records of one kind.
     *
     * @param database logged in for maintenance
     * @param left of {@link #left}
     * @param columns those that are encrypted
     */
    public HistoryReencryption(
            PracticeDatabase database,
            KeyHierarchy keys,
            FieldCipher cipher,
            Sql left,
            String table,
            List<String> columns) {
        this.database = database;
        this.keys = keys;
        this.cipher = cipher;
        this.left = left;
        this.table = table;
        this.columns = List.copyOf(columns);
    }

    /**
     * The statement that finds what is left, to be held in a static field.
     *
     * @param records selects the ids of the records of the client {@code :id}
     */
    public static Sql left(String table, String records) {
        return Sql.of("""
                with %s,
                left_over as (
                  select timestamp, id, record_id, old_values, new_values
                  from audit_logs
                  where practice_id = :practice::uuid and record_id in (%s) and table_name = '%s'
                    and exists (
                      select
                      from jsonb_each_text(coalesce(old_values, '{}')) o
                      where starts_with(o.value, :sealed_before)
                      union all
                      select
                      from jsonb_each_text(coalesce(new_values, '{}')) n
                      where starts_with(n.value, :sealed_before))
                  order by timestamp, id
                  limit :most)
                select * from left_over cross join keyring""".formatted(WrappedKeys.CTE, records, table));
    }

    private record Past(
            Instant at,
            UUID audit,
            UUID record,
            @Nullable String oldValues,
            @Nullable String newValues,
            WrappedKeys keys) {

        /** Hides the values. */
        @Override
        public String toString() {
            return "Past[" + audit + "]";
        }
    }

    @Override
    public Batch next(Turn turn, int most) {
        List<Past> past = database.list(
                turn.caller(),
                left.bind()
                        .uuid("id", turn.client())
                        .text("sealed_before", AuditValues.sealedUnder(turn.from()))
                        .integer("most", most),
                row -> new Past(
                        row.instant("timestamp"),
                        row.uuid("id"),
                        row.uuid("record_id"),
                        row.jsonOrNull("old_values"),
                        row.jsonOrNull("new_values"),
                        WrappedKeys.of(row)));
        int moved = 0;
        for (Past one : past) {
            moved += replace(turn, one) ? 1 : 0;
        }
        return new Batch(past.size(), moved);
    }

    private boolean replace(Turn turn, Past past) {
        DataKeys clientKeys =
                keys.openClientKeys(turn.practice(), turn.client(), past.keys().packed());
        return database.first(
                        turn.caller(),
                        turn.hold(REPLACE.bind())
                                .instant("at", past.at())
                                .uuid("audit", past.audit())
                                .json("old_values", past.oldValues())
                                .json("new_values", past.newValues())
                                .json("old_anew", anew(turn, clientKeys, past.record(), past.oldValues()))
                                .json("new_anew", anew(turn, clientKeys, past.record(), past.newValues())),
                        row -> row.bool("done"))
                .orElse(false);
    }

    private @Nullable String anew(Turn turn, DataKeys clientKeys, UUID record, @Nullable String values) {
        if (values == null) {
            return null;
        }
        ObjectNode json = AuditValues.parse(values);
        DataKey key = clientKeys.version(turn.to());
        for (String column : columns) {
            JsonNode value = AuditValues.value(json, column);
            if (value != null && value.isTextual()) {
                FieldContext context = new FieldContext(turn.practice(), table, column, record);
                String text = cipher.decryptText(clientKeys, context, AuditValues.bytes(value.textValue()));
                json.put(column, AuditValues.text(cipher.encrypt(key, context, text)));
            }
        }
        return json.toString();
    }
}
