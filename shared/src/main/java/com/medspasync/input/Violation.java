package com.medspasync.input;

/**
 * One fault in what a client sent.
 *
 * @param field where: a JSON Pointer into the body such as {@code /address/city}, or the name of a query parameter or header
 * @param code for programs, stable, such as {@code required} or {@code too-long}
 * @param message for people; never repeats the value, which may be PHI
 */
public record Violation(String field, String code, String message) {}
