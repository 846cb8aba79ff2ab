package com.medspasync.crypto;

/** What a key derived from the root is for, where no practice is concerned. Ciphertexts depend on the label: it never changes. */
public enum PlatformPurpose {
    /** The private keys that sign access tokens. */
    SIGNING_KEYS("signing-keys"),
    /** The secrets that pseudonyms of masked copies are made with, while they are made. */
    MASKED_COPIES("masked-copies");

    private final String label;

    PlatformPurpose(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
