package com.medspasync.repository;

/** What became of deleting a record. */
public sealed interface Deletion {

    /** It is deleted, by this call or one before. */
    record Deleted() implements Deletion {}

    /** Somebody else changed it first. */
    record Stale() implements Deletion {}

    /** The practice has no such record and had none. */
    record Missing() implements Deletion {}

    /** So many appointments that are yet to come stand on it. Nothing was deleted. */
    record Booked(long upcoming) implements Deletion {}
}
