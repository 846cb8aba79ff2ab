package com.medspasync.repository;

import com.medspasync.input.Violation;
import java.util.List;

/** What became of changing a record. */
public sealed interface Update<T> {

    /** It is changed: the record as it is now. */
    record Updated<T>(T value) implements Update<T> {}

    /** Somebody else changed it first. */
    record Stale<T>() implements Update<T> {}

    /** The practice has no such record and had none. */
    record Missing<T>() implements Update<T> {}

    /** It is deleted; it may be restored. */
    record Gone<T>() implements Update<T> {}

    /** Its keys were destroyed: nobody can read or change it any more. */
    record Shredded<T>() implements Update<T> {}

    /** Another record that is not deleted has the value that must be unique. */
    record Taken<T>(String field) implements Update<T> {}

    /** So many appointments that are yet to come stand on what the change takes away. Nothing was changed. */
    record Booked<T>(long upcoming) implements Update<T> {}

    /** What the change makes of the record is not valid, which only showed when the two were put together. */
    record Refused<T>(List<Violation> violations) implements Update<T> {
        public Refused {
            violations = List.copyOf(violations);
        }
    }
}
