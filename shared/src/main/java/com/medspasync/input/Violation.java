package com.medspasync.input;

/**
 * One fault in what a client sent.
 *
 * @param field where: a JSON Pointer (RFC 6901) into the body such as {@code /address/city}, empty for the whole of it; or the
 *     bare name of a query parameter or header
 * @param code for programs, stable, such as {@code required} or {@code too-long}
 * @param message for people; never repeats the value, which may be PHI
 */
public record Violation(String field, String code, String message) {

    /** The same fault, seen from what encloses the input it was found in: {@code /city} under {@code /address}. */
    Violation under(String pointer) {
        return new Violation(pointer + field, code, message);
    }
}
