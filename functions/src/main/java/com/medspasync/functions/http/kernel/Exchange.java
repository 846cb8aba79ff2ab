package com.medspasync.functions.http.kernel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.idempotency.IdempotencyKey;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import com.medspasync.input.Violation;
import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.microsoft.azure.functions.HttpRequestMessage;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a handler sees it: who, and what was asked for. Whatever is read from it and found wrong ends the request with
 * the answer that says so; a handler reads and goes on. Not for use after the handler has answered.
 */
public final class Exchange {

    /** The largest body of a record, in bytes of UTF-8. */
    public static final int MAX_BODY = 100 * 1024;

    private final HttpRequestMessage<Optional<String>> request;
    private final Headers headers;
    private final Caller caller;
    private final PathTemplate route;

    Exchange(HttpRequestMessage<Optional<String>> request, Headers headers, Caller caller, PathTemplate route) {
        this.request = request;
        this.headers = headers;
        this.caller = caller;
        this.route = route;
    }

    /** Who asks; of no practice and no user where the operation is open to everyone. */
    public Caller caller() {
        return caller;
    }

    public Origin origin() {
        return caller.origin();
    }

    /** A parameter of the route that is the id of a record. What is no UUID names nothing: 404. */
    public UUID pathId(String name) {
        return route.find(name, path())
                .flatMap(PathTemplate::uuid)
                .orElseThrow(() -> new Refusal(Answer.problem(ProblemType.NOT_FOUND)));
    }

    /** A parameter of the route, percent-encoded as it came; empty where the path has none. */
    public String pathText(String name) {
        return route.find(name, path()).orElse("");
    }

    /** The absolute path of the request, percent-encoded. */
    public String path() {
        String path = uri().getRawPath();
        return path == null ? "/" : path;
    }

    /** The absolute path of a record that lies under the requested collection. */
    public String child(UUID id) {
        String path = path();
        return (path.endsWith("/") ? path : path + "/") + id;
    }

    /** The value of a header, by its name in lower case. */
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    /** The query, read by {@code reader}; a parameter it does not know is refused. */
    public <T> T query(Function<Fields, Parsed<T>> reader) {
        return valid(reader.apply(Fields.ofParameters(parameters())));
    }

    /** With the empty ones, which the host leaves out: a filter without a value is a mistake and no wish to see everything. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>(request.getQueryParameters());
        String query = uri().getRawQuery();
        if (query != null) {
            for (String part : query.split("&", -1)) {
                String name = part.endsWith("=") ? part.substring(0, part.length() - 1) : part;
                if (!name.isEmpty() && name.indexOf('=') < 0) {
                    parameters.putIfAbsent(name, "");
                }
            }
        }
        return parameters;
    }

    /** The body, a JSON object of at most {@link #MAX_BODY} bytes, read by {@code reader}. */
    public <T> T body(Function<Fields, Parsed<T>> reader) {
        return read(reader, MediaType.of(headers.get("content-type")).equals(MediaType.JSON));
    }

    /** As {@link #body}, for a merge patch (RFC 7396), which may also call itself plain JSON. */
    public <T> T patch(Function<Fields, Parsed<T>> reader) {
        String type = MediaType.of(headers.get("content-type"));
        return read(reader, type.equals(MediaType.MERGE_PATCH) || type.equals(MediaType.JSON));
    }

    /** The body as it came; empty without one. For a digest of the request: {@link #body} reads it. */
    public String text() {
        return request.getBody().orElse("");
    }

    private <T> T read(Function<Fields, Parsed<T>> reader, boolean acceptable) {
        String body = text();
        if (body.isEmpty()) {
            throw new Refusal(missingBody());
        }
        if (!acceptable || headers.get("content-encoding") != null) {
            throw new Refusal(Answer.problem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json in UTF-8, without a content coding."));
        }
        if (isLargerThan(MAX_BODY, body)) {
            throw new Refusal(
                    Answer.problem(ProblemType.TOO_LARGE, "The body may have at most " + MAX_BODY + " bytes."));
        }
        ObjectNode object = valid(Json.read(body));
        return valid(reader.apply(Fields.of(object)));
    }

    /** The Functions host hands on no body that came in chunks. */
    private Answer missingBody() {
        return headers.get("transfer-encoding") != null && headers.get("content-length") == null
                ? Answer.problem(ProblemType.LENGTH_REQUIRED, "Send the body with a Content-Length, not in chunks.")
                : Answer.invalid(List.of(new Violation("", "required", "a JSON body must be given")));
    }

    /** The versions that If-Match allows to be changed: 428 without the header, 400 when it is malformed. */
    public EntityTags ifMatch() {
        String header = headers.get("if-match");
        if (header == null) {
            throw new Refusal(Answer.problem(
                    ProblemType.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the version that you changed."));
        }
        return EntityTags.parse(header).orElseThrow(() -> malformed("If-Match"));
    }

    /**
     * The one version that If-Match allows to be changed: as {@link #ifMatch}, where {@code *} and lists are refused (400), because
     * a change that fits any version could undo another's; a tag that no version has is 412.
     */
    public int expectedVersion() {
        EntityTags tags = ifMatch();
        if (tags.any() || tags.size() > 1) {
            throw invalid("If-Match", "single", "must name the one version that was read");
        }
        return tags.strong().stream()
                .map(EntityTags::version)
                .flatMapToInt(OptionalInt::stream)
                .findFirst()
                .orElseThrow(() -> new Refusal(Answer.problem(ProblemType.STALE, "No version has this ETag.")));
    }

    /** The Idempotency-Key: 1 to 255 visible ASCII characters, none of them a comma. */
    public Optional<String> idempotencyKey() {
        String key = headers.get("idempotency-key");
        if (key == null) {
            return Optional.empty();
        }
        if (!IdempotencyKey.isValid(key)) {
            throw invalid(
                    "Idempotency-Key", "format", "must be one key of 1 to 255 visible ASCII characters, no comma");
        }
        return Optional.of(key);
    }

    /** The requested path and query, with {@code cursor} in the place of any other: where a list goes on. */
    public String nextLink(String cursor) {
        String query = uri().getRawQuery();
        StringBuilder link = new StringBuilder(path()).append('?');
        int from = 0;
        while (query != null && from < query.length()) {
            int ampersand = query.indexOf('&', from);
            int to = ampersand < 0 ? query.length() : ampersand;
            if (to > from && !query.startsWith("cursor=", from)) {
                link.append(query, from, to).append('&');
            }
            from = to + 1;
        }
        return link.append("cursor=").append(cursor).toString();
    }

    /** Refuses the request for a fault that only the handler could find. */
    public RuntimeException invalid(String field, String code, String message) {
        return new Refusal(Answer.invalid(List.of(new Violation(field, code, message))));
    }

    /** Refuses the request for a reason that only the handler could find; {@code detail} is for people. */
    public RuntimeException forbidden(String detail) {
        return new Refusal(Answer.problem(ProblemType.FORBIDDEN, detail));
    }

    /** Whether the caller of a GET already has what {@code etag} tags. A malformed header says nothing. */
    static boolean isUnchanged(@Nullable String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && EntityTags.parse(ifNoneMatch).map(tags -> tags.have(etag)).orElse(false);
    }

    private RuntimeException malformed(String header) {
        return invalid(header, "format", "must be an entity tag such as \"7\"");
    }

    private URI uri() {
        try {
            return request.getUri();
        } catch (IllegalArgumentException malformed) {
            throw invalid("", "url", "has characters in its URL that must be percent-encoded");
        }
    }

    private static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(List<Violation> violations) -> throw new Refusal(Answer.invalid(violations));
        };
    }

    /** Counts no further than it has to: a character is one to three bytes, and a pair of surrogates four. */
    private static boolean isLargerThan(int bytes, String text) {
        if (text.length() > bytes) {
            return true;
        }
        if (text.length() * 3L <= bytes) {
            return false;
        }
        int size = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size > bytes;
    }
}
