package com.medspasync.services;

import com.medspasync.input.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** In which order a list of services goes. Ties are broken by id, so that the order is total. */
public enum ServiceOrder {
    NAME_ASCENDING("name asc", "name", "text"),
    NAME_DESCENDING("name desc", "name", "text"),
    CREATED_ASCENDING("createdAt asc", "created_at", "timestamptz"),
    CREATED_DESCENDING("createdAt desc", "created_at", "timestamptz");

    private final String text;
    private final String column;
    private final String type;

    ServiceOrder(String text, String column, String type) {
        this.text = text;
        this.column = column;
        this.type = type;
    }

    /** As it is written in a query: {@code name desc}. */
    public String text() {
        return text;
    }

    /** What it goes by. */
    String column() {
        return column;
    }

    /** The type of {@link #column} in SQL. */
    String type() {
        return type;
    }

    boolean isDescending() {
        return this == NAME_DESCENDING || this == CREATED_DESCENDING;
    }

    /** Reads {@code name desc}; without a direction it is ascending. */
    public static Parsed<ServiceOrder> parse(String text) {
        for (ServiceOrder order : values()) {
            if (order.text.equals(text) || order.text.equals(text + " asc")) {
                return Parsed.valid(order);
            }
        }
        return Parsed.invalid(
                "choice",
                "must be one of "
                        + Arrays.stream(values()).map(ServiceOrder::text).collect(Collectors.joining(", ")));
    }
}
