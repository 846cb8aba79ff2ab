package com.medspasync.services;

import com.medspasync.input.Parsed;
import com.medspasync.repository.Ordering;

/** In which order a list of services goes. Ties are broken by id, so that the order is total. */
public enum ServiceOrder implements Ordering {
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

    @Override
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
        return Ordering.parse(ServiceOrder.class, text);
    }
}
