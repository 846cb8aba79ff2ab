package com.medspasync.idempotency;

/** What a claim came to. */
public sealed interface Verdict {

    /** This request is the first: what it asked for was done. */
    record First() implements Verdict {}

    /** It was done before, with this answer. */
    @SuppressWarnings("ArrayRecordComponent") // carried to whoever reads the answer, never compared
    record Repeat(byte[] answer) implements Verdict {}

    /** The key was used for another request within its time. */
    record Mismatch() implements Verdict {}
}
