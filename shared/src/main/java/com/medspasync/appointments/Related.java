package com.medspasync.appointments;

import com.medspasync.input.Parsed;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records that an appointment may be shown with. */
public enum Related {
    CLIENT,
    SERVICE,
    STAFF;

    /** Reads {@code client,staff}: each at most once, in any order. */
    public static Parsed<Set<Related>> parse(String text) {
        Set<Related> related = EnumSet.noneOf(Related.class);
        for (String name : text.split(",", -1)) {
            Related one = of(name);
            if (one == null || !related.add(one)) {
                return Parsed.invalid("choice", "must be a list of client, service and staff, none of them twice");
            }
        }
        return Parsed.valid(related);
    }

    private static @Nullable Related of(String name) {
        for (Related related : values()) {
            if (related.name().toLowerCase(Locale.ROOT).equals(name)) {
                return related;
            }
        }
        return null;
    }
}
