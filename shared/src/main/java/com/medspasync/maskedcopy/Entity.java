package com.medspasync.maskedcopy;

import java.util.Locale;

/** What has an id that other rows refer to. The same id gets the same pseudonym wherever it stands, so that joins hold. */
enum Entity {
    PRACTICE,
    USER,
    CLIENT,
    SERVICE,
    STAFF,
    APPOINTMENT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
