package com.medspasync.clients;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.crypto.DataKey;
import com.medspasync.crypto.DataKeys;
import com.medspasync.crypto.Envelope;
import com.medspasync.crypto.FieldCipher;
import com.medspasync.crypto.KeyHierarchy;
import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.rotation.Sweep;
import com.medspasync.rotation.Turn;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what the audit keeps of a client's past under the new version of the client's key. The rows' digests stay, and so does what is sealed; that the
 * values were encrypted anew stands in the row.
 */
public final class HistoryReencryption implements Sweep {

    private static final Sql LEFT = Sql.of("""
            with %s,
            left_over as (
              select timestamp, id, old_values, new_values
              from audit_logs
              where practice_id = :practice::uuid and record_id = :id::uuid and table_name = 'clients'
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
            select * from left_over cross join keyring""".formatted(WrappedKeys.CTE));

    private static final Sql REPLACE = Sql.of("""
            with %s
            select coalesce(reencrypt_audit_values(
              :practice::uuid, :at::timestamptz, :audit::uuid, :old_values::jsonb, :new_values::jsonb, :old_anew::jsonb,
              :new_anew::jsonb), false) as done
            from held""".formatted(Turn.HELD));

    /** How PostgreSQL writes a bytea in JSON. */
    private static final String HEX = "\\x";

    private static final JsonMapper JSON = new JsonMapper();

    private final PracticeDatabase database;
    private final ClientCipher cipher;

    /** @param database logged in for maintenance */
    public HistoryReencryption(PracticeDatabase database, KeyHierarchy keys, FieldCipher fields) {
        this.database = database;
        this.cipher = new ClientCipher(keys, fields);
    }

    private record Past(
            Instant at,
            UUID audit,
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
        List<Past> left = database.list(
                turn.caller(),
                LEFT.bind()
                        .uuid("id", turn.client())
                        .text("sealed_before", sealedUnder(turn.from()))
                        .integer("most", most),
                row -> new Past(
                        row.instant("timestamp"),
                        row.uuid("id"),
                        row.jsonOrNull("old_values"),
                        row.jsonOrNull("new_values"),
                        WrappedKeys.of(row)));
        int moved = 0;
        for (Past past : left) {
            DataKeys keys = cipher.keys(turn.practice(), turn.client(), past.keys());
            boolean done = database.first(
                            turn.caller(),
                            turn.hold(REPLACE.bind())
                                    .instant("at", past.at())
                                    .uuid("audit", past.audit())
                                    .json("old_values", past.oldValues())
                                    .json("new_values", past.newValues())
                                    .json("old_anew", anew(turn, keys, past.oldValues()))
                                    .json("new_anew", anew(turn, keys, past.newValues())),
                            row -> row.bool("done"))
                    .orElse(false);
            moved += done ? 1 : 0;
        }
        return new Batch(left.size(), moved);
    }

    /** How a ciphertext under a version of a key begins, as PostgreSQL writes it in JSON. */
    private static String sealedUnder(int version) {
        byte[] header = ByteBuffer.allocate(6)
                .put(Envelope.MAGIC)
                .put(Envelope.SUITE)
                .putInt(version)
                .array();
        return HEX + HexFormat.of().formatHex(header);
    }

    private @Nullable String anew(Turn turn, DataKeys keys, @Nullable String values) {
        if (values == null) {
            return null;
        }
        ObjectNode json = parse(values);
        DataKey key = keys.version(turn.to());
        for (SealedColumn column : SealedColumn.values()) {
            JsonNode value = json.get(column.column());
            if (value != null && value.isTextual()) {
                byte[] sealed = HexFormat.of().parseHex(value.textValue().substring(HEX.length()));
                String text = cipher.open(turn.practice(), turn.client(), keys, column, sealed);
                byte[] anew = cipher.seal(turn.practice(), turn.client(), key, column, text);
                json.put(column.column(), HEX + HexFormat.of().formatHex(anew));
            }
        }
        return json.toString();
    }

    private static ObjectNode parse(String values) {
        try {
            return (ObjectNode) JSON.readTree(values);
        } catch (JsonProcessingException e) {
            // Without its message and cause, which quote the values.
            throw new IllegalStateException("a row of the audit is not JSON");
        }
    }
}
