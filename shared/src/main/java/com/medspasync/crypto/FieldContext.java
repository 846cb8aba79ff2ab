package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;
import java.util.UUID;

/** One column of a row whose key is a uuid. */
public record FieldContext(PracticeId practice, String table, String column, UUID row) implements SealContext {

    @Override
    public String toString() {
        return table + "." + column + " of " + row + " in practice " + practice;
    }
}
