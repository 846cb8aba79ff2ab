package com.medspasync.identity;

import com.medspasync.input.Parsed;
import com.medspasync.repository.Ordering;

/** In which order a list of users goes. Ties are broken by id, so that the order is total. */
public enum UserOrder implements Ordering {
    EMAIL_ASCENDING("email asc", "email_search", "text"),
    EMAIL_DESCENDING("email desc", "email_search", "text"),
    CREATED_ASCENDING("createdAt asc", "created_at", "timestamptz"),
    CREATED_DESCENDING("createdAt desc", "created_at", "timestamptz");

    private final String text;
    private final String column;
    private final String type;

    UserOrder(String text, String column, String type) {
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
        return this == EMAIL_DESCENDING || this == CREATED_DESCENDING;
    }

    /** Reads {@code createdAt desc}; without a direction it is ascending. */
    public static Parsed<UserOrder> parse(String text) {
        return Ordering.parse(UserOrder.class, text);
    }
}
