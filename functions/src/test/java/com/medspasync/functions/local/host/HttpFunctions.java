package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.TraceContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** From a request to its function, and from what the function returns to an answer. */
final class HttpFunctions {

    private static final Logger LOG = Logger.getLogger(HttpFunctions.class.getName());

    private final Router router;
    private final Invocations invocations;
    private final HttpThrottle throttle;
    private final AtomicInteger underWay = new AtomicInteger();
    private final Cors cors;
    private final AdminApi admin;
    private final Duration gatewayTimeout;

    HttpFunctions(
            Router router,
            Invocations invocations,
            HttpThrottle throttle,
            Cors cors,
            AdminApi admin,
            Duration gatewayTimeout) {
        this.router = router;
        this.invocations = invocations;
        this.throttle = throttle;
        this.cors = cors;
        this.admin = admin;
        this.gatewayTimeout = gatewayTimeout;
    }

    /**
     * Answers a request; returns at once.
     *
     * @param body what was sent, empty for a body whose length was not stated
     * @return the answer; never completes exceptionally
     */
    CompletableFuture<FullHttpResponse> answer(HttpRequest request, byte[] body, InetSocketAddress client) {
        if (cors.isPreflight(request)) {
            return CompletableFuture.completedFuture(empty(request, HttpResponseStatus.NO_CONTENT));
        }
        RequestTarget target = RequestTarget.parse(pathAndQuery(request.uri()));
        if (admin.owns(target.path())) {
            return CompletableFuture.completedFuture(
                    empty(request, admin.answer(request, target.path(), body, client)));
        }
        return router.find(request.method().name(), target.path())
                .map(match -> run(match, request, target, body, client))
                .orElseGet(() -> CompletableFuture.completedFuture(empty(request, HttpResponseStatus.NOT_FOUND)));
    }

    FullHttpResponse empty(HttpRequest request, HttpResponseStatus status) {
        return response(request, status, Unpooled.EMPTY_BUFFER);
    }

    private CompletableFuture<FullHttpResponse> run(
            Router.Match match, HttpRequest request, RequestTarget target, byte[] body, InetSocketAddress client) {
        CompletableFuture<FullHttpResponse> answer = new CompletableFuture<>();
        Input.Request input = input(match, request, target, body, client);
        TraceContext trace = new WorkerContext.Trace(
                TraceParents.child(input.headers().get("traceparent")),
                input.headers().getOrDefault("tracestate", ""));
        Runnable start = () -> {
            CompletableFuture<@Nullable Object> invocation = invocations.start(match.function(), input, trace);
            var unused = invocation
                    .whenComplete((result, failure) -> throttle.finished())
                    .handle((result, failure) -> answer.complete(answer(request, match.function(), result, failure)));
        };
        if (!throttle.admit(start)) {
            answer.complete(empty(request, HttpResponseStatus.TOO_MANY_REQUESTS));
        }
        // The front end gives up before the function does, and does not tell it.
        return answer.orTimeout(gatewayTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(timeout -> empty(request, HttpResponseStatus.BAD_GATEWAY));
    }

    private FullHttpResponse answer(
            HttpRequest request, Function function, @Nullable Object result, @Nullable Throwable failure) {
        try {
            if (failure == null && result instanceof WorkerResponse response) {
                return answer(request, response);
            }
            if (failure == null) {
                LOG.severe(() -> function.name() + " returned something else than what the request's own builder made");
            }
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, e, () -> function.name() + " returned an answer that cannot be sent");
        }
        return empty(request, HttpResponseStatus.INTERNAL_SERVER_ERROR);
    }

    private FullHttpResponse answer(HttpRequest request, WorkerResponse response) {
        ByteBuf body = switch (response.getBody()) {
            case null -> Unpooled.EMPTY_BUFFER;
            case byte[] bytes -> Unpooled.wrappedBuffer(bytes);
            case String text -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
            case Object other ->
                throw new IllegalArgumentException("The worker's own JSON writer would write " + other.getClass());
        };
        FullHttpResponse answer = response(request, HttpResponseStatus.valueOf(response.getStatusCode()), body);
        if (body.isReadable()) {
            answer.headers()
                    .set(
                            HttpHeaderNames.CONTENT_TYPE,
                            response.getBody() instanceof String
                                    ? "text/plain; charset=utf-8"
                                    : "application/octet-stream");
        }
        response.headers().forEach((name, value) -> answer.headers().set(name, value));
        return answer;
    }

    private FullHttpResponse response(HttpRequest request, HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        cors.decorate(request, response.headers());
        return response;
    }

    /** Sets what is known only when the answer is complete; a function's own Content-Length is not believed. */
    static void setLength(FullHttpResponse response) {
        int status = response.status().code();
        if (status == HttpResponseStatus.NO_CONTENT.code() || status == HttpResponseStatus.NOT_MODIFIED.code()) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
            response.content().clear();
        } else {
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        }
    }

    private static Input.Request input(
            Router.Match match, HttpRequest request, RequestTarget target, byte[] body, InetSocketAddress client) {
        Map<String, String> headers = new HashMap<>();
        request.headers()
                .forEach(header -> headers.merge(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue(),
                        (first, second) -> first + "," + second));
        headers.merge("x-forwarded-for", HostAndPort.of(client), (before, own) -> before + ", " + own);
        String host = headers.getOrDefault("host", "localhost");
        return new Input.Request(
                request.method().name(),
                "http://" + host + pathAndQuery(request.uri()),
                Map.copyOf(headers),
                target.query(),
                match.parameters(),
                body(headers.getOrDefault("content-type", ""), body));
    }

    private static Input.Body body(String contentType, byte[] body) {
        if (body.length == 0) {
            return new Input.Body.None();
        }
        String type = contentType.toLowerCase(Locale.ROOT);
        if (type.startsWith("application/octet-stream") || type.startsWith("multipart/")) {
            return new Input.Body.Bytes(body);
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return new Input.Body.Text(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private static String pathAndQuery(String target) {
        if (target.startsWith("/")) {
            return target;
        }
        int scheme = target.indexOf("://");
        int slash = scheme < 0 ? -1 : target.indexOf('/', scheme + 3);
        return slash < 0 ? "/" : target.substring(slash);
    }

    static boolean isHead(HttpRequest request) {
        return request.method().equals(HttpMethod.HEAD);
    }

    /** A request has been read; {@link #end} follows when its answer is on the wire, or never can be. */
    void begin() {
        underWay.incrementAndGet();
    }

    void end() {
        underWay.decrementAndGet();
    }

    /** Requests that have been read and whose answers are not on the wire yet. */
    int underWay() {
        return underWay.get();
    }
}
