package com.medspasync.keyring;

import com.medspasync.database.Row;
import org.jspecify.annotations.Nullable;

/**
 * A client's keys as they are stored.
 *
 * @param packed all versions, as {@code KeyHierarchy.openClientKeys} reads them
 * @param accepted the newest version that may still encrypt; null when there is none
 * @param destroyed whether there is none because they were destroyed: then nothing of the client can be read by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one place to the next, never compared
public record WrappedKeys(byte[] packed, @Nullable Integer accepted, boolean destroyed) {

    /** The common table expression that reads the keys of the client {@code :id}: one row, also when there are none. */
    public static final String CTE = """
            keyring as materialized (
              %s)""".formatted(select(":id::uuid"));

    /**
     * The query that reads the keys of a client: one row, also when there are none.
     *
     * @param client an expression of SQL that names it
     */
    public static String select(String client) {
        return """
                select
                  coalesce(string_agg(int4send(version) || wrapped, ''::bytea order by version), ''::bytea) as packed_keys,
                  max(version) filter (where accepted) as accepted_key,
                  case when count(*) = 0 then keys_destroyed(:practice::uuid, %1$s) else false end as keys_destroyed
                from client_keys
                where practice_id = :practice::uuid and client_id = %1$s""".formatted(client);
    }

    /** Reads what {@link #select} selects. */
    public static WrappedKeys of(Row row) {
        return new WrappedKeys(row.bytes("packed_keys"), row.integerOrNull("accepted_key"), row.bool("keys_destroyed"));
    }
}
