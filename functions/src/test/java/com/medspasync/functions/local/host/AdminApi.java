package com.medspasync.functions.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * {@code POST /admin/functions/{name}} with {@code {"input": "…"}} runs a timer's or a queue's function at once, answered 202. The real host asks for
 * the master key; this one asks that the caller sits on the same machine and is not a web page.
 */
final class AdminApi {

    private static final String PREFIX = "/admin/functions/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Consumer<String>> runners = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** Offers {@code function}; {@code runner} takes the input and returns at once. */
    void offer(String function, Consumer<String> runner) {
        runners.put(function, runner);
    }

    boolean owns(String path) {
        return path.regionMatches(true, 0, "/admin/", 0, "/admin/".length());
    }

    HttpResponseStatus answer(HttpRequest request, String path, byte[] body, InetSocketAddress client) {
        if (!client.getAddress().isLoopbackAddress() || request.headers().contains(HttpHeaderNames.ORIGIN)) {
            return HttpResponseStatus.FORBIDDEN;
        }
        Consumer<String> runner = path.startsWith(PREFIX) ? runners.get(path.substring(PREFIX.length())) : null;
        if (runner == null || !request.method().equals(HttpMethod.POST)) {
            return HttpResponseStatus.NOT_FOUND;
        }
        try {
            JsonNode input = JSON.readTree(body).path("input");
            runner.accept(input.isTextual() ? input.asText() : input.toString());
            return HttpResponseStatus.ACCEPTED;
        } catch (IOException notJson) {
            return HttpResponseStatus.BAD_REQUEST;
        }
    }
}
