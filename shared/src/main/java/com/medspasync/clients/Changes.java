package com.medspasync.clients;

import com.medspasync.input.Change;
import org.jspecify.annotations.Nullable;

/** Between values and the changes that lead to them. */
final class Changes {

    private Changes() {}

    /** The change that leads to {@code value}, whatever was there. */
    static <T> Change<T> to(@Nullable T value) {
        return value == null ? new Change.Clear<>() : new Change.Set<>(value);
    }

    /** What {@code change} makes of {@code value}. */
    static <T> @Nullable T apply(Change<T> change, @Nullable T value) {
        return change.isChange() ? change.valueOrNull() : value;
    }
}
