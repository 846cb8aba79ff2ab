package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import java.net.URI;
import java.util.Map;

/** A request as a function sees it. */
record WorkerRequest<T>(Input.Request input, T body) implements HttpRequestMessage<T> {

    /**
     * The URL.
     *
     * @throws IllegalArgumentException for a URL that browsers accept and {@link URI} does not, just as the worker's
     */
    @Override
    public URI getUri() {
        return URI.create(input.url());
    }

    @Override
    public HttpMethod getHttpMethod() {
        return HttpMethod.value(input.method());
    }

    @Override
    public Map<String, String> getHeaders() {
        return input.headers();
    }

    @Override
    public Map<String, String> getQueryParameters() {
        return input.query();
    }

    @Override
    public T getBody() {
        return body;
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatus status) {
        return new WorkerResponse(status);
    }

    @Override
    public HttpResponseMessage.Builder createResponseBuilder(HttpStatusType status) {
        return new WorkerResponse(status);
    }
}
