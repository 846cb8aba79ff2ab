package com.medspasync.clients;

import com.medspasync.input.Parsed;
import com.medspasync.repository.Ordering;

/** In which order a list of clients goes. Ties are broken by id, so that the order is total. */
public enum ClientOrder implements Ordering {
    CREATED_ASCENDING("createdAt asc"),
    CREATED_DESCENDING("createdAt desc"),
    LAST_NAME_ASCENDING("lastName asc"),
    LAST_NAME_DESCENDING("lastName desc");

    private final String text;

    ClientOrder(String text) {
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
        return this == CREATED_DESCENDING || this == LAST_NAME_DESCENDING;
    }

    /** Reads {@code createdAt desc}; without a direction it is ascending. */
    public static Parsed<ClientOrder> parse(String text) {
        return Ordering.parse(ClientOrder.class, text);
    }
}
