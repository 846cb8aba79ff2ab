package com.medspasync.clients;

import com.medspasync.database.Sql;
import com.medspasync.keyring.WrappedKeys;

/**
 * The statements of a search by what is stored encrypted. Each looks up the slots of a blind index, and brings the rows found with what
 * opens them: whether they are meant only the plaintext says.
 */
final class CandidateSql {

    /** No two clients have one number: there is hardly ever a second row. */
    static final Sql BY_SSN = candidates(IndexedColumn.SSN, "true");

    /**
     * Of those whose index coincides, only who has the last name is opened. The index is looked up first, because a name may be that of
     * many.
     */
    static final Sql BY_BIRTH_AND_NAME = candidates(IndexedColumn.BIRTH_AND_NAME, "key1 = :last_name");

    private CandidateSql() {}

    private static Sql candidates(IndexedColumn column, String condition) {
        return Sql.of("""
                with gate as materialized (
                  select %1$s as passed),
                candidate as materialized (
                  select last_name_search as key1, first_name_search as key2, %2$s, %3$s as sealed
                  from clients
                  where practice_id = :practice::uuid and deleted_at is null and %3$s is not null
                    and (%4$s_odd = :%4$s_odd or %4$s_even = :%4$s_even)
                    and (select passed from gate)),
                page as materialized (
                  select row_number() over (order by key1, key2, id) as position, found.*, keyring.*
                  from (
                    select *
                    from candidate
                    where %5$s and (key1, key2, id) > (:after_key1, :after_key2, :after_id::uuid)
                    order by key1, key2, id
                    limit :top + 1) found
                  cross join lateral (
                    %6$s) keyring),
                """.formatted(
                                IndexSlots.COMPLETE,
                                ClientRow.SUMMARY_COLUMNS,
                                column.sealed().column(),
                                column.column(),
                                condition,
                                WrappedKeys.select("found.id"))
                + AuditedPage.ofCandidates("SEARCH", "gate"));
    }
}
