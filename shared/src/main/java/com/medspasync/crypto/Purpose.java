package com.medspasync.crypto;

/** What a key derived from a practice's key is for. Ciphertexts depend on the label: it never changes. */
public enum Purpose {
    /** The practice's own encrypted fields: tax id, licence number, the secret of its channel for messages. */
    PRACTICE_FIELDS("practice-fields"),
    /** What users prove themselves with: MFA secrets. */
    USER_SECRETS("user-secrets"),
    /** Input and results of reconciliation jobs. */
    JOB_INPUTS("job-inputs"),
    /** Values in the shared caches. */
    CACHE_VALUES("cache-values"),
    /** Answers kept for the repeat of an idempotent request. */
    IDEMPOTENT_ANSWERS("idempotent-answers"),
    /** Positions in lists, which callers hold on to between two pages. */
    CURSORS("cursors");

    private final String label;

    Purpose(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
