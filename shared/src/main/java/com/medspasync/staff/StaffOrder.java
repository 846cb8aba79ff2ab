package com.medspasync.staff;

import com.medspasync.input.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** In which order a list of staff members goes. Ties are broken by id, so that the order is total. */
public enum StaffOrder {
    LAST_NAME_ASCENDING("lastName asc"),
    LAST_NAME_DESCENDING("lastName desc"),
    CREATED_ASCENDING("createdAt asc"),
    CREATED_DESCENDING("createdAt desc");

    private final String text;

    StaffOrder(String text) {
        this.text = text;
    }

    /** As it is written in a query: {@code lastName desc}. */
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
        for (StaffOrder order : values()) {
            if (order.text.equals(text) || order.text.equals(text + " asc")) {
                return Parsed.valid(order);
            }
        }
        return Parsed.invalid(
                "choice",
                "must be one of "
                        + Arrays.stream(values()).map(StaffOrder::text).collect(Collectors.joining(", ")));
    }
}
