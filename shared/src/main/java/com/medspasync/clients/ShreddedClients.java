package com.medspasync.clients;

import com.medspasync.database.PracticeDatabase;
import com.medspasync.database.Sql;
import com.medspasync.shredding.Remnant;
import com.medspasync.shredding.Shred;

/** Clients whose keys are destroyed: they are deleted, and their blind indexes, which no key is needed to compare, are cleared. */
public final class ShreddedClients implements Remnant {

    private static final Sql CLEAR = Sql.of("""
            with %s
            update clients
            set deleted_at = coalesce(deleted_at, now()), updated_at = now(), version = version + 1,
              ssn_index_odd = null, ssn_index_even = null, dob_name_index_odd = null, dob_name_index_even = null
            where exists (select from held) and practice_id = :practice::uuid and id in (
              select id
              from clients
              where practice_id = :practice::uuid and (:client::uuid is null or id = :client::uuid)
                and (deleted_at is null
                  or num_nonnulls(ssn_index_odd, ssn_index_even, dob_name_index_odd, dob_name_index_even) > 0)
              limit :most)""".formatted(Shred.HELD));

    private final PracticeDatabase database;

    /** @param database logged in for maintenance */
    public ShreddedClients(PracticeDatabase database) {
        this.database = database;
    }

    @Override
    public long clear(Shred shred, int most) {
        return database.update(shred.caller(), shred.bind(CLEAR).integer("most", most));
    }
}
