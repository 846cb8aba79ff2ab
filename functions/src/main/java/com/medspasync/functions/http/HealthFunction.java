package com.medspasync.functions.http;

import com.microsoft.azure.functions.*;
import com.microsoft.azure.functions.annotation.*;
import java.util.Optional;

public final class HealthFunction {
    sealed interface S permits R {}

    record R(int a) implements S {}

    @FunctionName("Live")
    public HttpResponseMessage live(
            @HttpTrigger(name = "request", route = "health/live", authLevel = AuthorizationLevel.ANONYMOUS)
                    HttpRequestMessage<Optional<String>> request,
            ExecutionContext c) {
        S s = new R(1);
        int x = switch (s) {
            case R(int a) -> a;
        };
        return request.createResponseBuilder(HttpStatus.OK).body("ok" + x).build();
    }
}
