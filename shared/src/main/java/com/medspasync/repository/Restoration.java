package com.medspasync.repository;

/** What became of restoring a deleted record. */
public sealed interface Restoration<T> {

    /** It is not deleted any more, or never was: the record as it is now. */
    record Restored<T>(T value) implements Restoration<T> {}

    /** The practice has no such record and had none. */
    record Missing<T>() implements Restoration<T> {}

    /** Its keys were destroyed: there is nothing to be restored. */
    record Shredded<T>() implements Restoration<T> {}

    /** Since it was deleted, another record took the value that must be unique. */
    record Taken<T>(String field) implements Restoration<T> {}
}
