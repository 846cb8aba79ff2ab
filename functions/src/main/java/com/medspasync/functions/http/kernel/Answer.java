package com.medspasync.functions.http.kernel;

import com.medspasync.input.Json;
import com.medspasync.input.Violation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler answers. The kernel adds what every answer carries: trace, caching, security and CORS headers.
 *
 * @param headers names as they are written; a value given twice replaces the first
 */
public record Answer(int status, Map<String, String> headers, Body body) {

    static final String JSON = "application/json";

    /** The content of an answer. */
    public sealed interface Body {

        /** None. */
        record Empty() implements Body {}

        /** Text of any type, JSON among them. */
        record Text(String mediaType, String content) implements Body {}

        /** Bytes of any type. The array is not copied, and must not change any more. */
        @SuppressWarnings("ArrayRecordComponent") // Never compared: it goes from a resource to the platform.
        record Bytes(String mediaType, byte[] content) implements Body {}

        /** A problem, which becomes a {@link Problem} once the kernel adds the trace id. */
        record Refused(
                ProblemType type, @Nullable String detail, List<Violation> errors, Map<String, Object> extensions)
                implements Body {}
    }

    public Answer {
        headers = Map.copyOf(headers);
    }

    /** 200 with {@code value} as JSON; see {@link Json#write}. */
    public static Answer ok(Object value) {
        return json(200, Json.write(value));
    }

    /** 201 with the new resource and the absolute path at which it lies. */
    public static Answer created(String location, Object value) {
        return json(201, Json.write(value)).header("Location", location);
    }

    /**
     * 202 with the operation as it stands, and the absolute path at which it can be watched (Azure REST API Guidelines, long-running
     * operations).
     */
    public static Answer accepted(String operation, Object value, Duration askAgain) {
        return json(202, Json.write(value))
                .header("Operation-Location", operation)
                .retryAfter(askAgain);
    }

    /** 202 with what the caller is to go on with. */
    public static Answer accepted(Object value) {
        return json(202, Json.write(value));
    }

    /** 202 without anything to watch or to go on with. */
    public static Answer accepted() {
        return new Answer(202, Map.of(), new Body.Empty());
    }

    /** JSON that has been written before. */
    public static Answer json(int status, String json) {
        return new Answer(status, Map.of(), new Body.Text(JSON, json));
    }

    /** 204. */
    public static Answer noContent() {
        return new Answer(204, Map.of(), new Body.Empty());
    }

    /** 308: what was asked for lies at another absolute path, and always will. */
    public static Answer moved(String location) {
        return new Answer(308, Map.of("Location", location), new Body.Empty());
    }

    /** Something else than JSON. */
    public static Answer text(String mediaType, String content) {
        return new Answer(200, Map.of(), new Body.Text(mediaType, content));
    }

    /** Something else than text. */
    public static Answer bytes(String mediaType, byte[] content) {
        return new Answer(200, Map.of(), new Body.Bytes(mediaType, content));
    }

    /**
     * 206: a part of something (RFC 9110, section 15.3.7).
     *
     * @param range which, as Content-Range says it
     */
    public static Answer part(String mediaType, byte[] content, String range) {
        return new Answer(206, Map.of("Content-Range", range), new Body.Bytes(mediaType, content));
    }

    /** An error without more to say than its type. */
    public static Answer problem(ProblemType type) {
        return refused(type, null, List.of());
    }

    /** An error; {@code detail} is for people and holds no PHI. */
    public static Answer problem(ProblemType type, String detail) {
        return refused(type, detail, List.of());
    }

    /** 401: what was given lets nobody in; {@code detail} is for people. */
    public static Answer unauthenticated(String detail) {
        return Challenges.logIn(detail);
    }

    /** 400 with everything that is wrong. */
    public static Answer invalid(List<Violation> errors) {
        return refused(ProblemType.INVALID, "The request does not follow the contract.", errors);
    }

    /** An error of the given type with what is wrong, by field: a value that must be unique and is taken, for one. */
    public static Answer problem(ProblemType type, String detail, List<Violation> errors) {
        return refused(type, detail, errors);
    }

    /** 429: the caller sends more than it may, and is to wait. */
    public static Answer tooManyRequests(Duration retryAfter) {
        return problem(ProblemType.TOO_MANY_REQUESTS).retryAfter(retryAfter);
    }

    /** 503: what the platform needs is away or overloaded, and is expected back. */
    public static Answer unavailable(Duration retryAfter, String detail) {
        return problem(ProblemType.UNAVAILABLE, detail).retryAfter(retryAfter);
    }

    private static Answer refused(ProblemType type, @Nullable String detail, List<Violation> errors) {
        return new Answer(type.status(), Map.of(), new Body.Refused(type, detail, List.copyOf(errors), Map.of()));
    }

    /** This answer with a header. */
    public Answer header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body);
    }

    /** This answer with the strong entity tag of a record's version (RFC 9110, section 8.8.3). */
    public Answer etag(int version) {
        return header("ETag", EntityTags.of(version));
    }

    /** This answer with Retry-After, rounded up to whole seconds, at least one. */
    public Answer retryAfter(Duration delay) {
        return header(
                "Retry-After", Long.toString(Math.max(1, delay.plusMillis(999).toSeconds())));
    }

    /** This problem with one member more. */
    public Answer extension(String name, Object value) {
        if (!(body instanceof Body.Refused refused)) {
            throw new IllegalStateException("only a problem has extensions");
        }
        Map<String, Object> more = new HashMap<>(refused.extensions());
        more.put(name, value);
        return new Answer(
                status,
                headers,
                new Body.Refused(refused.type(), refused.detail(), refused.errors(), Map.copyOf(more)));
    }

    boolean isProblem() {
        return body instanceof Body.Refused;
    }
}
