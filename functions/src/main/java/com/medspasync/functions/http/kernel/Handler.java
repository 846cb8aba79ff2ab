package com.medspasync.functions.http.kernel;

/** Answers one method of a resource. Thread-safe. */
@FunctionalInterface
public interface Handler {

    /** The answer. What it throws becomes a problem: see {@link Failures}. */
    Answer handle(Exchange exchange) throws Exception;
}
