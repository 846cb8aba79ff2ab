package com.medspasync.clients;

import com.medspasync.contact.PersonName;
import org.jspecify.annotations.Nullable;

/** What is stored of a name for searching, beside the name. */
final class SearchColumns {

    private SearchColumns() {}

    /** How the name sounds; null when it has no sound that is known. */
    static @Nullable String sound(PersonName name) {
        String sound = name.soundForm();
        return sound.isEmpty() ? null : sound;
    }
}
