package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Exchange;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpMethod;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** The contract for programs, and a page that shows it to people. Nothing on the page comes from another host. */
public final class DocsFunctions {

    /** The contract changes with a release. */
    private static final String CONTRACT_CACHING = "public, max-age=300";

    private final Contract contract = new Contract();
    private final DocsAssets assets = new DocsAssets();
    private final Resource openApi;
    private final Resource page;
    private final Resource asset;

    public DocsFunctions(Kernel kernel) {
        this.openApi = new Resource("openapi.json", kernel).onAnonymous(HttpMethod.GET, this::contract);
        this.page = new Resource("docs", kernel).onAnonymous(HttpMethod.GET, this::page);
        this.asset = new Resource("docs/{asset}", kernel).onAnonymous(HttpMethod.GET, this::asset);
    }

    @FunctionName("OpenApi")
    public HttpResponseMessage openApi(
            @HttpTrigger(name = "request", route = "openapi.json", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return openApi.handle(request, context);
    }

    @FunctionName("Docs")
    public HttpResponseMessage docs(
            @HttpTrigger(name = "request", route = "docs", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return page.handle(request, context);
    }

    @FunctionName("DocsAsset")
    public HttpResponseMessage docsAsset(
            @HttpTrigger(name = "request", route = "docs/{asset}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return asset.handle(request, context);
    }

    private Answer contract(Exchange exchange) {
        return Answer.json(200, contract.json()).header("Cache-Control", CONTRACT_CACHING);
    }

    /** Links in the page are relative, so that it works under any prefix, and so its path must not end with a slash. */
    private Answer page(Exchange exchange) {
        String path = exchange.path();
        return path.endsWith("/") ? Answer.moved(path.substring(0, path.length() - 1)) : assets.page();
    }

    private Answer asset(Exchange exchange) {
        return assets.find(exchange.pathText("asset")).orElseGet(() -> Answer.problem(ProblemType.NOT_FOUND));
    }
}
