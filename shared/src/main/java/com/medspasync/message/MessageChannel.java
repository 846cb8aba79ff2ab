package com.medspasync.message;

/** A way by which messages leave the platform. Thread-safe. */
@FunctionalInterface
public interface MessageChannel {

    /** What became of one attempt. Reasons name neither addresses nor secrets nor persons. */
    sealed interface Delivery {

        /** Whoever receives it has taken it over. */
        record Delivered() implements Delivery {}

        /** Whoever receives it does not want it, and will not: trying again is of no use. */
        record Refused(String reason) implements Delivery {}

        /** It was not taken, or nobody knows whether it was: to be tried again later. */
        record Failed(String reason) implements Delivery {}
    }

    /** Tries once to deliver {@code message}, within a bounded time. */
    Delivery deliver(Message message);
}
