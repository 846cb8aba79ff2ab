package com.medspasync.functions.local.host;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cross-origin requests, which the platform answers for the app: preflights never reach a function, and every answer to an allowed origin carries
 * the headers that let its page read it. As ASP.NET Core's CORS middleware with any header and any method.
 *
 * @param origins as browsers send them
 * @param credentials whether pages may send cookies
 */
public record Cors(Set<String> origins, boolean credentials) {

    public Cors {
        if (origins.contains("*")) {
            throw new IllegalArgumentException("CORS for every origin is refused");
        }
        origins = Set.copyOf(origins);
    }

    /** Answers no origin. */
    public static Cors none() {
        return new Cors(Set.of(), false);
    }

    boolean isPreflight(HttpRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.headers().contains(HttpHeaderNames.ORIGIN)
                && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    /** Adds what an answer to {@code request} says to the browser. */
    void decorate(HttpRequest request, HttpHeaders answer) {
        if (origins.isEmpty()) {
            return;
        }
        answer.add(HttpHeaderNames.VARY, "Origin");
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        if (origin == null || !origins.contains(origin)) {
            return;
        }
        answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if (credentials) {
            answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        if (isPreflight(request)) {
            echo(
                    request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD),
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS,
                    answer);
            echo(
                    request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS),
                    HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS,
                    answer);
        }
    }

    private static void echo(@Nullable String asked, CharSequence allowed, HttpHeaders answer) {
        if (asked != null) {
            answer.set(allowed, asked);
        }
    }
}
