package com.medspasync.functions.http;

import com.medspasync.functions.http.kernel.Answer;
import com.medspasync.functions.http.kernel.Kernel;
import com.medspasync.functions.http.kernel.ProblemType;
import com.medspasync.functions.http.kernel.Resource;
import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import java.util.Optional;

/** Answers for every path that no other function has, where the host itself would send an empty 404. */
public final class CatchAllFunction {

    private final Resource nowhere;

    public CatchAllFunction(Kernel kernel) {
        this.nowhere = new Resource("{*path}", kernel)
                .otherwise(exchange -> Answer.problem(ProblemType.NOT_FOUND, "Nothing is served at this path."));
    }

    /** The name sorts after all others: the host tries routes in the order of their functions' names, and this one fits any path. */
    @FunctionName("ZzCatchAll")
    public HttpResponseMessage nowhere(
            @HttpTrigger(name = "request", route = "{*path}", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext context) {
        return nowhere.handle(request, context);
    }
}
