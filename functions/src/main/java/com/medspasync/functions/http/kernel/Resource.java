package com.medspasync.functions.http.kernel;

import com.medspasync.tenant.Caller;
import com.medspasync.tenant.Origin;
import com.medspasync.tenant.Permission;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/**
 * One route and its methods. A function is one line: {@code return clients.handle(request, context);}
 *
 * <p>In this order: trace id, method (405, OPTIONS), access token (401), permission (403), fresh proof (401), practice and purpose of use
 * (400, 403), query (400), then the handler, which reads path, headers and body from its {@link Exchange}. Thread-safe once its operations are given.
 */
public final class Resource {

    private static final Duration CLOSED_RETRY = Duration.ofSeconds(10);
    private static final int MAX_TOKEN = 8192;
    private static final String BEARER = "Bearer ";

    private final String route;
    private final Kernel kernel;
    private final PathTemplate template;
    private final Writer writer;
    private final Gate gate;
    private final Map<HttpMethod, Operation> operations = new EnumMap<>(HttpMethod.class);
    private @Nullable Operation otherwise;

    /**
     * @param route the trigger's route, such as {@code clients/{id:guid}}
     */
    public Resource(String route, Kernel kernel) {
        this.route = route;
        this.kernel = kernel;
        this.template = new PathTemplate(route);
        this.writer = new Writer(new Cors(kernel.settings().corsOrigins()));
        this.gate = new Gate(kernel.clock());
    }

    /** A method for callers with {@code permission}; it takes no query parameters. */
    public Resource on(HttpMethod method, Permission permission, Handler handler) {
        return with(method, new Operation(new Operation.Access.Permitted(permission), false, handler));
    }

    /** A method for callers with {@code permission} that reads its query through {@link Exchange#query}. */
    public Resource onQuery(HttpMethod method, Permission permission, Handler handler) {
        return with(method, new Operation(new Operation.Access.Permitted(permission), true, handler));
    }

    /**
     * A method for everyone who is logged in, those included who have yet to set up the second factor that is asked of them; it takes no
     * query parameters.
     */
    public Resource onAuthenticated(HttpMethod method, Handler handler) {
        return with(method, new Operation(new Operation.Access.Authenticated(false), false, handler));
    }

    /** As {@link #onAuthenticated}, for who was proved to be who they are a short time ago. */
    public Resource onFresh(HttpMethod method, Handler handler) {
        return with(method, new Operation(new Operation.Access.Authenticated(true), false, handler));
    }

    /** A method for everyone; it takes no query parameters. */
    public Resource onAnonymous(HttpMethod method, Handler handler) {
        return with(method, new Operation(new Operation.Access.Anonymous(), false, handler));
    }

    /** Every other method, for everyone and with any query. */
    public Resource otherwise(Handler handler) {
        otherwise = new Operation(new Operation.Access.Anonymous(), true, handler);
        return this;
    }

    private Resource with(HttpMethod method, Operation operation) {
        if (operations.put(method, operation) != null) {
            throw new IllegalStateException(method + " " + route + " is given twice");
        }
        return this;
    }

    /** Answers {@code request}. Never throws: what escaped would go to telemetry with its message, or hang the invocation. */
    public HttpResponseMessage handle(HttpRequestMessage<Optional<String>> request, ExecutionContext context) {
        Headers headers = Headers.of(request.getHeaders());
        Trace trace = Trace.of(
                headers.get("traceparent"),
                context.getTraceContext() == null
                        ? null
                        : context.getTraceContext().getTraceparent(),
                headers.get("x-request-id"),
                kernel.requestIds().get());
        HttpMethod method = method(request);
        String origin = headers.get("origin");
        try {
            Answer answer = conditional(method, headers, answer(method, request, headers, trace, context));
            return writer.write(answer, request, origin, trace);
        } catch (Throwable failure) {
            Answer answer = new Failures(trace, method + " " + route, context.getLogger()).answer(failure);
            return writer.write(answer, request, origin, trace);
        }
    }

    private Answer answer(
            @Nullable HttpMethod method,
            HttpRequestMessage<Optional<String>> request,
            Headers headers,
            Trace trace,
            ExecutionContext context)
            throws Exception {
        if (method == HttpMethod.OPTIONS) {
            return writer.cors()
                    .preflight(headers.get("origin"), headers.get("access-control-request-method"), allow());
        }
        Operation given = operations.get(method == HttpMethod.HEAD ? HttpMethod.GET : method);
        Operation operation = given == null ? otherwise : given;
        if (operation == null) {
            return Answer.problem(ProblemType.METHOD_NOT_ALLOWED).header("Allow", allow());
        }
        if (!kernel.open()) {
            return Answer.unavailable(CLOSED_RETRY, "The platform could not start here.");
        }
        Origin origin = new Origin(
                ClientAddress.of(
                        headers.get("x-forwarded-for"), kernel.settings().trustedHops()),
                UserAgent.of(headers.get("user-agent")),
                trace.requestId());
        Caller caller = authorized(method, operation, () -> record(request), headers, origin, trace, context);
        Exchange exchange = new Exchange(request, headers, caller, template);
        if (!operation.query()) {
            exchange.query(none -> none.finish(() -> true));
        }
        return operation.handler().handle(exchange);
    }

    private Caller authorized(
            @Nullable HttpMethod method,
            Operation operation,
            Supplier<Optional<UUID>> record,
            Headers headers,
            Origin origin,
            Trace trace,
            ExecutionContext context) {
        return operation.access() instanceof Operation.Access.Anonymous
                ? Caller.anonymous(origin)
                : gate.pass(
                        method,
                        operation,
                        authenticated(headers.get("authorization"), origin, trace, context),
                        record,
                        headers);
    }

    /** The record that the path names, if it names one. */
    private Optional<UUID> record(HttpRequestMessage<Optional<String>> request) {
        try {
            return template.find("id", request.getUri().getRawPath()).flatMap(PathTemplate::uuid);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private AccessTokens.Verification.Verified authenticated(
            @Nullable String authorization, Origin origin, Trace trace, ExecutionContext context) {
        if (authorization == null || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new Refusal(Challenges.logIn());
        }
        String token = authorization.substring(BEARER.length()).strip();
        AccessTokens.Verification verification = token.length() > MAX_TOKEN
                ? new AccessTokens.Verification.Rejected("too long")
                : kernel.tokens().verify(token, origin);
        return switch (verification) {
            case AccessTokens.Verification.Verified verified -> verified;
            case AccessTokens.Verification.Rejected(String reason) -> {
                context.getLogger().log(Level.INFO, "token rejected reason=" + reason + " trace=" + trace.traceId());
                throw new Refusal(Challenges.invalidToken());
            }
        };
    }

    /**
     * A read whose answer the caller already has becomes 304 (RFC 9110, section 13.2). Never where a purpose is stated: the tag names the
     * version, and the copy of it that the caller has may be the masked one.
     */
    private static Answer conditional(@Nullable HttpMethod method, Headers headers, Answer answer) {
        String etag = answer.headers().get("ETag");
        boolean read = method == HttpMethod.GET || method == HttpMethod.HEAD;
        return read
                        && (answer.status() == 200 || answer.status() == 206)
                        && etag != null
                        && !Gate.statesPurpose(headers)
                        && Exchange.isUnchanged(headers.get("if-none-match"), etag)
                ? new Answer(304, answer.headers(), new Answer.Body.Empty())
                : answer;
    }

    private String allow() {
        List<String> methods = new ArrayList<>();
        operations.keySet().forEach(method -> {
            methods.add(method.name());
            if (method == HttpMethod.GET) {
                methods.add("HEAD");
            }
        });
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    /** Null for a method that the platform's library has no constant for. */
    private static @Nullable HttpMethod method(HttpRequestMessage<Optional<String>> request) {
        try {
            return request.getHttpMethod();
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
