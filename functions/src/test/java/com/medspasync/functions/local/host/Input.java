package com.medspasync.functions.local.host;

import java.util.Map;

/** What the host hands to the worker for one invocation. */
sealed interface Input {

    /**
     * A request, already taken apart.
     *
     * @param url scheme, host, path and query as the client wrote them
     * @param headers by lower-case name; the worker's map is an ordinary one, so a look-up in any other case finds nothing
     * @param query decoded, the values of a repeated name joined by commas, empty ones gone
     * @param parameters the route's
     */
    record Request(
            String method,
            String url,
            Map<String, String> headers,
            Map<String, String> query,
            Map<String, String> parameters,
            Body body)
            implements Input {}

    /** A queue message or a timer's state. */
    record Message(String text, Map<String, String> metadata) implements Input {}

    /** A request's body, as the host decoded it by its content type before the worker sees it. */
    sealed interface Body {

        /** There was none, or its length was not stated. */
        record None() implements Body {}

        /** Anything but binary: decoded as UTF-8, each malformed sequence now U+FFFD. */
        record Text(String value) implements Body {}

        /** application/octet-stream and multipart. */
        @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
        record Bytes(byte[] value) implements Body {}
    }
}
