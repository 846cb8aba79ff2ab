package com.medspasync.repository;

import com.medspasync.input.Violation;
import java.util.List;

/** What became of creating a record. */
public sealed interface Creation<T> {

    /** It is stored. */
    record Created<T>(T value) implements Creation<T> {}

    /** The same request had created it before: the record as it was then. */
    record Replayed<T>(T value) implements Creation<T> {}

    /** Its idempotency key came with another request before. Nothing was stored. */
    record Mismatch<T>() implements Creation<T> {}

    /** The same request is still running elsewhere, for longer than one waits. Whether it succeeds is not known yet. */
    record InProgress<T>() implements Creation<T> {}

    /** Another record that is not deleted has the value that must be unique. Nothing was stored. */
    record Taken<T>(String field) implements Creation<T> {}

    /** What the record refers to does not let it be, which only showed when the two were put together. Nothing was stored. */
    record Refused<T>(List<Violation> violations) implements Creation<T> {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
