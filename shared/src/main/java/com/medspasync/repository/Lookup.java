package com.medspasync.repository;

/** What became of looking a record up by its id. */
public sealed interface Lookup<T> {

    /** Here it is, and its disclosure is on record. */
    record Found<T>(T value) implements Lookup<T> {}

    /** The practice has no such record and had none. */
    record Missing<T>() implements Lookup<T> {}

    /** It is deleted; it may be restored. */
    record Gone<T>() implements Lookup<T> {}

    /** Its keys were destroyed: nobody can read it any more. */
    record Shredded<T>() implements Lookup<T> {}
}
