package com.medspasync.functions.http;

/**
 * Asks one store whether it answers.
 *
 * @param name as the health answer shows it
 * @param required whether the platform can serve nothing without it
 * @param check throws when the store does not answer
 */
public record ReadinessProbe(String name, boolean required, Check check) {

    /** One question to one store, which ought to have a timeout of its own. Thread-safe. */
    @FunctionalInterface
    public interface Check {
        void run() throws Exception;
    }
}
