package com.medspasync.functions.http.kernel;

import com.medspasync.input.Json;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes answers: what the handler gave, and what every answer carries. */
final class Writer {

    /** What an answer carries unless it says otherwise: nothing of it may be stored, framed, sniffed or run. */
    private static final Map<String, String> ALWAYS = Map.of(
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
            "Cross-Origin-Resource-Policy", "same-site");

    private final Cors cors;

    Writer(Cors cors) {
        this.cors = cors;
    }

    Cors cors() {
        return cors;
    }

    HttpResponseMessage write(
            Answer answer, HttpRequestMessage<Optional<String>> request, @Nullable String origin, Trace trace) {
        Map<String, String> headers = new HashMap<>(ALWAYS);
        headers.put("traceparent", trace.traceparent());
        headers.put("x-request-id", trace.echo());
        cors.describe(origin, headers);
        headers.putAll(answer.headers());
        // The worker sends a body that is null as the JSON text null, so an empty one is an empty string.
        Object body = switch (answer.body()) {
            case Answer.Body.Empty() -> "";
            case Answer.Body.Text(String mediaType, String content) -> typed(headers, mediaType, content);
            case Answer.Body.Bytes(String mediaType, byte[] content) -> typed(headers, mediaType, content);
            case Answer.Body.Refused refused ->
                typed(headers, Problem.MEDIA_TYPE, Json.write(Problem.of(refused, trace.traceId())));
        };
        HttpResponseMessage.Builder builder = request.createResponseBuilder(HttpStatusType.custom(answer.status()));
        headers.forEach(builder::header);
        // The answer to HEAD as well: the host leaves the body away, and counts it for the Content-Length that a GET
        // would
        // have (RFC 9110, section 8.6).
        return builder.body(body).build();
    }

    private static Object typed(Map<String, String> headers, String mediaType, Object content) {
        headers.put("Content-Type", mediaType);
        return content;
    }
}
