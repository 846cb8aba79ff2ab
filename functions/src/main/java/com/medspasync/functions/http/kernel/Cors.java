package com.medspasync.functions.http.kernel;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cross-origin requests from pages (the Fetch standard's CORS protocol): named origins, with credentials, and never {@code *}. */
final class Cors {

    private static final String EXPOSED =
            "ETag, Idempotent-Replayed, Location, Retry-After, WWW-Authenticate, traceparent, x-request-id";
    private static final String REQUEST_HEADERS =
            "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, X-CSRF-Protection, X-Practice-Id,"
                    + " X-Purpose-Of-Use, traceparent, tracestate, x-request-id";

    /** How long a browser may remember a preflight, in seconds: Chromium's own limit. */
    private static final String MAX_AGE = "7200";

    private final Set<String> origins;

    Cors(List<String> origins) {
        this.origins = new HashSet<>(origins);
    }

    /** The headers of any answer; Vary also where no origin was sent, or a shared cache would mix them up. */
    void describe(@Nullable String origin, Map<String, String> headers) {
        if (origins.isEmpty()) {
            return;
        }
        headers.put("Vary", "Origin");
        if (origin != null && origins.contains(origin)) {
            headers.put("Access-Control-Allow-Origin", origin);
            headers.put("Access-Control-Allow-Credentials", "true");
            headers.put("Access-Control-Expose-Headers", EXPOSED);
        }
    }

    /** What an OPTIONS request adds when it is the preflight of an origin that may. */
    Answer preflight(@Nullable String origin, @Nullable String method, String allow) {
        Answer answer = Answer.noContent().header("Allow", allow);
        if (origin == null || method == null || !origins.contains(origin)) {
            return answer;
        }
        return answer.header("Access-Control-Allow-Methods", allow)
                .header("Access-Control-Allow-Headers", REQUEST_HEADERS)
                .header("Access-Control-Max-Age", MAX_AGE);
    }
}
