package com.medspasync.input;

import java.util.List;

/**
 * The outcome of reading untrusted input: the value, or everything that is wrong with it. Fields of the violations are relative
 * to what was read: a parser of a single text names the field {@code ""}, and {@link Fields} says which one that was.
 */
public sealed interface Parsed<T> {

    /** The input was right. */
    record Valid<T>(T value) implements Parsed<T> {}

    /** The input had at least one fault. */
    record Invalid<T>(List<Violation> violations) implements Parsed<T> {
        public Invalid {
            violations = List.copyOf(violations);
            if (violations.isEmpty()) {
                throw new IllegalArgumentException("invalid input names at least one violation");
            }
        }
    }

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value);
    }

    /** The input as a whole is wrong: {@code code} for programs, {@code message} for people, which never repeats the value. */
    static <T> Parsed<T> invalid(String code, String message) {
        return new Invalid<>(List.of(new Violation("", code, message)));
    }
}
