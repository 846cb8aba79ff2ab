package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;

/**
 * One column of an entry whose key is not a single uuid: an idempotent answer, a cached value, a signing key, a wrapped key.
 *
 * @param entry the entry's key in ASCII, unique within table and practice; it shows in messages, so never PHI or a secret
 */
public record EntryContext(PracticeId practice, String table, String column, String entry) implements SealContext {

    @Override
    public String toString() {
        return table + "." + column + " of " + entry + " in practice " + practice;
    }
}
