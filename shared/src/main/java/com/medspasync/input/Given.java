package com.medspasync.input;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A field that has to be there. Its value is asked for inside {@link Fields#finish}, which runs only when nothing was wrong.
 *
 * @param <T> what the field holds
 */
public final class Given<T> {

    private final @Nullable T value;

    Given(@Nullable T value) {
        this.value = value;
    }

    /**
     * The value.
     *
     * @throws IllegalStateException when the input was at fault, which {@link Fields#finish} has then reported instead
     */
    public T value() {
        if (value == null) {
            throw new IllegalStateException("the value of a field that was not valid");
        }
        return value;
    }

    /** Hands the value to {@code rule}, unless the input was at fault: for a rule across fields. */
    public void ifValid(Consumer<T> rule) {
        if (value != null) {
            rule.accept(value);
        }
    }
}
