package com.medspasync.input;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an RFC 7396 merge patch says about one field. */
public sealed interface Change<T> {

    /** The patch does not name the field: it stays as it is. */
    record Keep<T>() implements Change<T> {}

    /** The patch says {@code null}: the field is emptied. */
    record Clear<T>() implements Change<T> {}

    /** The patch gives a new value. */
    record Set<T>(T value) implements Change<T> {}

    /** Whether the patch touches the field at all. */
    default boolean isChange() {
        return !(this instanceof Keep);
    }

    /** The new value; null when it is cleared or kept. */
    default @Nullable T valueOrNull() {
        return this instanceof Set<T>(T value) ? value : null;
    }

    /** The same change to what {@code function} makes of the value. */
    default <U> Change<U> map(Function<T, U> function) {
        return switch (this) {
            case Keep<T> keep -> new Keep<>();
            case Clear<T> clear -> new Clear<>();
            case Set<T>(T value) -> new Set<>(function.apply(value));
        };
    }
}
