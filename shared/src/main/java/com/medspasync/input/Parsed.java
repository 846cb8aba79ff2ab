package com.medspasync.input;

import java.util.List;

/** The outcome of reading untrusted input: the value, or everything that is wrong with it. */
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
}
