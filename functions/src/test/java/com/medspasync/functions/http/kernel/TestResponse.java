package com.medspasync.functions.http.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An answer as the Java worker takes it: a header that is set again replaces what was there. */
public final class TestResponse implements HttpResponseMessage, HttpResponseMessage.Builder {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> headers = new LinkedHashMap<>();
    private HttpStatusType status;
    private @Nullable Object body;

    TestResponse(HttpStatusType status) {
        this.status = status;
    }

    public static TestResponse of(HttpResponseMessage response) {
        return (TestResponse) response;
    }

    public int code() {
        return status.value();
    }

    public Map<String, String> headers() {
        return headers;
    }

    public String text() {
        return (String) Objects.requireNonNull(body);
    }

    public JsonNode json() {
        try {
            return JSON.readTree(text());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text(), e);
        }
    }

    @Override
    public HttpStatusType getStatus() {
        return status;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public @Nullable Object getBody() {
        return body;
    }

    @Override
    public TestResponse status(HttpStatusType newStatus) {
        status = newStatus;
        return this;
    }

    @Override
    public TestResponse header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    @Override
    public TestResponse body(@Nullable Object newBody) {
        body = newBody;
        return this;
    }

    @Override
    public TestResponse build() {
        return this;
    }
}
