package com.medspasync.clients;

import com.medspasync.input.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** In which order a list of clients goes. Ties are broken by id, so that the order is total. */
public enum ClientOrder {
    CREATED_ASCENDING("createdAt asc"),
    CREATED_DESCENDING("createdAt desc"),
    LAST_NAME_ASCENDING("lastName asc"),
    LAST_NAME_DESCENDING("lastName desc");

    private final String text;

    ClientOrder(String text) {
        this.text = text;
    }

    /** As it is written in a query: {@code createdAt desc}. */
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
        for (ClientOrder order : values()) {
            if (order.text.equals(text) || order.text.equals(text + " asc")) {
                return Parsed.valid(order);
            }
        }
        return Parsed.invalid(
                "choice",
                "must be one of "
                        + Arrays.stream(values()).map(ClientOrder::text).collect(Collectors.joining(", ")));
    }
}
