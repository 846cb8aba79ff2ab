package com.medspasync.staff;

import com.medspasync.input.Parsed;
import com.medspasync.repository.Ordering;

/** In which order a list of staff members goes. Ties are broken by id, so that the order is total. */
public enum StaffOrder implements Ordering {
    LAST_NAME_ASCENDING("lastName asc"),
    LAST_NAME_DESCENDING("lastName desc"),
    CREATED_ASCENDING("createdAt asc"),
    CREATED_DESCENDING("createdAt desc");

    private final String text;

    StaffOrder(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }

    boolean isByName() {
        return this == LAST_NAME_ASCENDING || this == LAST_NAME_DESCENDING;
    }

    boolean isDescending() {
        return this == LAST_NAME_DESCENDING || this == CREATED_DESCENDING;
    }

    /** Reads {@code lastName desc}; without a direction it is ascending. */
    public static Parsed<StaffOrder> parse(String text) {
        return Ordering.parse(StaffOrder.class, text);
    }
}
