package com.medspasync.crypto;

import com.medspasync.tenant.PracticeId;

/**
 * The place that a ciphertext belongs to. It is authenticated with the ciphertext, which therefore opens nowhere else: not in
 * another row, column, table or practice. Names are ASCII.
 */
public sealed interface SealContext permits FieldContext, EntryContext {

    PracticeId practice();

    String table();

    String column();
}
