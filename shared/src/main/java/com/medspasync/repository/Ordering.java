package com.medspasync.repository;

import com.medspasync.input.Parsed;
import java.util.Arrays;
import java.util.stream.Collectors;

/** In which order a list goes: what the enums of all lists' orders have in common. */
public interface Ordering {

    /** As it is written in a query: {@code createdAt desc}. */
    String text();

    /** Reads one of {@code type}; without a direction it is ascending. */
    static <E extends Enum<E> & Ordering> Parsed<E> parse(Class<E> type, String text) {
        for (E order : type.getEnumConstants()) {
            if (order.text().equals(text) || order.text().equals(text + " asc")) {
                return Parsed.valid(order);
            }
        }
        return Parsed.invalid(
                "choice",
                "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Ordering::text)
                                .collect(Collectors.joining(", ")));
    }
}
