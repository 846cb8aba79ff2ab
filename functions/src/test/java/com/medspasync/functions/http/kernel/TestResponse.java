package com.medspasync.functions.http.kernel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.medspasync.functions.local.host.WorkerResponse;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import java.util.Objects;

/** An answer as the Java worker takes it, opened for assertions. */
public final class TestResponse extends WorkerResponse {

    private static final ObjectMapper JSON = new ObjectMapper();

    TestResponse(HttpStatusType status) {
        super(status);
    }

    public static TestResponse of(HttpResponseMessage response) {
        return (TestResponse) response;
    }

    public int code() {
        return getStatus().value();
    }

    public String text() {
        return (String) Objects.requireNonNull(getBody());
    }

    public JsonNode json() {
        try {
            return JSON.readTree(text());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text(), e);
        }
    }
}
