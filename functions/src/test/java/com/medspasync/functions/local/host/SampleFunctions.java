package com.medspasync.functions.local.host;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.HttpStatusType;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;
import java.util.TreeMap;

/** Functions that show what the host and the worker made of a request. */
public final class SampleFunctions {

    @FunctionName("Echo")
    public HttpResponseMessage echo(
            @HttpTrigger(name = "request", route = "echo", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        String body = request.getHttpMethod() + "|"
                + request.getBody().map(text -> "[" + text + "]").orElse("none") + "|"
                + new TreeMap<>(request.getQueryParameters()) + "|" + context.getFunctionName();
        return request.createResponseBuilder(HttpStatus.OK).body(body).build();
    }

    @FunctionName("Headers")
    public HttpResponseMessage headers(
            @HttpTrigger(name = "request", route = "headers", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        return request.createResponseBuilder(HttpStatus.OK)
                .header("Set-Cookie", "first=1")
                .header("Set-Cookie", "second=2")
                .header("Content-Type", "application/json")
                .body(new TreeMap<>(request.getHeaders()) + "|"
                        + request.getHeaders().get("Accept"))
                .build();
    }

    @FunctionName("Binary")
    public HttpResponseMessage binary(
            @HttpTrigger(name = "request", route = "binary", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<byte[]>> request) {
        return request.createResponseBuilder(HttpStatus.OK)
                .body(request.getBody().orElseGet(() -> new byte[0]))
                .build();
    }

    @FunctionName("Item")
    public HttpResponseMessage item(
            @HttpTrigger(name = "request", route = "items/{id:guid}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("id") String id) {
        return request.createResponseBuilder(HttpStatus.OK).body("item " + id).build();
    }

    @FunctionName("ItemRecent")
    public HttpResponseMessage itemRecent(
            @HttpTrigger(name = "request", route = "items/{name}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("name") String name) {
        return request.createResponseBuilder(HttpStatus.OK)
                .body("named " + name)
                .build();
    }

    /** Never reached: "ItemRecent" fits the same paths and comes first in the alphabet. */
    @FunctionName("ItemSpecial")
    public HttpResponseMessage itemSpecial(
            @HttpTrigger(name = "request", route = "items/special", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        return request.createResponseBuilder(HttpStatus.OK).body("special").build();
    }

    @FunctionName("OnlyGet")
    public HttpResponseMessage onlyGet(
            @HttpTrigger(
                            name = "request",
                            route = "only-get",
                            methods = HttpMethod.GET,
                            authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        return request.createResponseBuilder(HttpStatus.OK).body("got").build();
    }

    @FunctionName("Rest")
    public HttpResponseMessage rest(
            @HttpTrigger(name = "request", route = "rest/{*path}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("path") String path) {
        return request.createResponseBuilder(HttpStatus.OK).body("rest " + path).build();
    }

    @FunctionName("Status")
    public HttpResponseMessage status(
            @HttpTrigger(name = "request", route = "status/{code:int}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            @BindingName("code") String code) {
        return request.createResponseBuilder(HttpStatusType.custom(Integer.parseInt(code)))
                .build();
    }

    @FunctionName("Throws")
    public HttpResponseMessage throwing(
            @HttpTrigger(name = "request", route = "throws", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        throw new IllegalStateException("secret of " + request.getUri());
    }

    @FunctionName("ThrowsError")
    public HttpResponseMessage throwingError(
            @HttpTrigger(name = "request", route = "throws-error", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        throw new AssertionError(request.getUri());
    }

    @FunctionName("Url")
    public HttpResponseMessage url(
            @HttpTrigger(name = "request", route = "url", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request) {
        return request.createResponseBuilder(HttpStatus.OK)
                .body(request.getUri().toString())
                .build();
    }
}
