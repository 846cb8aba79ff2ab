package com.medspasync.functions.http.kernel;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as the Java worker hands it over: header names in lower case, the query decoded, the body as text. */
public final class TestRequest implements HttpRequestMessage<Optional<String>> {

    private final String method;
    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private Optional<String> body = Optional.empty();

    private TestRequest(String method, String url) {
        this.method = method;
        this.url = url;
    }

    /**
     * A request without headers or a body.
     *
     * @param pathAndQuery percent-encoded, with the host's prefix: {@code /api/clients?top=5}
     */
    public static TestRequest of(String method, String pathAndQuery) {
        TestRequest request = new TestRequest(method, "https://api.example.com" + pathAndQuery);
        int mark = pathAndQuery.indexOf('?');
        if (mark >= 0) {
            for (String pair : pathAndQuery.substring(mark + 1).split("&", -1)) {
                int equals = pair.indexOf('=');
                request.query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return request;
    }

    public static TestRequest get(String pathAndQuery) {
        return of("GET", pathAndQuery);
    }

    public TestRequest header(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    public TestRequest rawHeader(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public TestRequest token(String token) {
        return header("Authorization", "Bearer " + token);
    }

    /** A JSON body, as a well-behaved client sends it. */
    public TestRequest json(String json) {
        return body("application/json", json);
    }

    public TestRequest body(String contentType, String text) {
        body = Optional.of(text);
        return header("Content-Type", contentType).header("Content-Length", Integer.toString(text.length()));
    }

    @Override
    public URI getUri() {
        return URI.create(url);
    }

    @Override
    public HttpMethod getHttpMethod() {
        return HttpMethod.value(method);
    }

    @Override
    public Map<String, String> getHeaders() {
        return headers;
    }

    @Override
    public Map<String, String> getQueryParameters() {
        return query;
    }

    @Override
    public Optional<String> getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return new TestResponse(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new TestResponse(status);
    }
}
