package com.medspasync.repository;

import com.medspasync.tenant.Caller;
import java.util.UUID;

/**
 * The records of one kind, each belonging to one practice. Every method works within the caller's practice: a record of another
 * practice is {@code Missing}, exactly as one that never was. What is read and what is changed is audited in the same database
 * round trip. Implementations are thread-safe.
 *
 * @param <T> the whole record, as its caller sees it
 * @param <S> what a list shows of it
 * @param <D> what it takes to make one
 * @param <P> what may be changed of one
 * @param <F> what a list is narrowed by, with its order and page
 */
public interface Repository<T, S, D, P, F> {

    /** The record, in all its fields that the caller sees. */
    Lookup<T> findById(Caller caller, UUID id);

    /** One page of the records that are not deleted. */
    Listing<S> findAll(Caller caller, F filter);

    /** A new record. */
    Creation<T> create(Caller caller, D draft);

    /** The record changed, if it still has {@code version}. */
    Update<T> update(Caller caller, UUID id, int version, P patch);

    /** Deletes the record softly, if it still has {@code version}; again is {@code Deleted} too. */
    Deletion delete(Caller caller, UUID id, int version);

    /** How many records {@code filter} selects on all its pages together. Discloses no record, so it is not audited. */
    long count(Caller caller, F filter);
}
