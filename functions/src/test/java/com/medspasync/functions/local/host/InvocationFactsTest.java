package com.medspasync.functions.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatus;
import com.microsoft.azure.functions.annotation.AuthorizationLevel;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How instances come about, where functions run, and what becomes of those that fail or hang. */
@Timeout(120)
class InvocationFactsTest {

    /** Answers with its own number, or waits. */
    public static final class Numbered {

        private final int number;
        private final CountDownLatch gate;

        Numbered(int number, CountDownLatch gate) {
            this.number = number;
            this.gate = gate;
        }

        @FunctionName("Number")
        public HttpResponseMessage number(
                @HttpTrigger(name = "request", route = "number", authLevel = AuthorizationLevel.ANONYMOUS)
                        HttpRequestMessage<Optional<String>> request,
                ExecutionContext context) {
            return request.createResponseBuilder(HttpStatus.OK)
                    .body(number + " " + Thread.currentThread().isVirtual() + " "
                            + context.getTraceContext().getTraceparent())
                    .build();
        }

        @FunctionName("Wait")
        public HttpResponseMessage waiting(
                @HttpTrigger(name = "request", route = "wait", authLevel = AuthorizationLevel.ANONYMOUS)
                        HttpRequestMessage<Optional<String>> request)
                throws InterruptedException {
            gate.await();
            return request.createResponseBuilder(HttpStatus.OK).body("waited").build();
        }
    }

    private final AtomicInteger instances = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    private final FunctionInstanceInjector injector = new FunctionInstanceInjector() {
        @Override
        public <T> T getInstance(Class<T> type) {
            return type.cast(new Numbered(instances.incrementAndGet(), gate));
        }
    };

    private LocalHost.Builder host() {
        return LocalHost.serving(FunctionCatalogue.of(Numbered.class)).injector(injector);
    }

    @Test
    void injector_isAskedForEachInvocation_onAPlatformThread() {
        try (LocalHost host = host().start()) {
            Http http = new Http(host);
            assertThat(http.get("/api/number").body()).startsWith("1 false");
            assertThat(http.get("/api/number").body()).startsWith("2 false");
        }
    }

    @Test
    void trace_goesOnUnderTheCallersTraceId() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        try (LocalHost host = host().start()) {
            Http http = new Http(host);
            String body = http.send(http.request("/api/number")
                            .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                            .build())
                    .body();
            assertThat(body).containsPattern("00-" + trace + "-[0-9a-f]{16}-01").doesNotContain("b7ad6b7169203331");
        }
    }

    @Test
    void error_whileInjecting_hangsUntilTheFunctionTimeout() {
        FunctionInstanceInjector failing = new FunctionInstanceInjector() {
            @Override
            public <T> T getInstance(Class<T> type) {
                throw new NoClassDefFoundError("gone");
            }
        };
        Duration timeout = Duration.ofMillis(400);
        try (LocalHost host = LocalHost.serving(FunctionCatalogue.of(Numbered.class))
                .injector(failing)
                .hostJson(HostJson.defaults().withFunctionTimeout(timeout))
                .start()) {
            long start = System.nanoTime();
            HttpResponse<String> answer = new Http(host).get("/api/number");

            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(timeout);
        }
    }

    @Test
    void exception_whileInjecting_is500AtOnce() {
        FunctionInstanceInjector failing = new FunctionInstanceInjector() {
            @Override
            public <T> T getInstance(Class<T> type) throws Exception {
                throw new Exception("no instance");
            }
        };
        try (LocalHost host = LocalHost.serving(FunctionCatalogue.of(Numbered.class))
                .injector(failing)
                .start()) {
            assertThat(new Http(host).get("/api/number").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void function_thatTakesTooLong_isAnswered500_andInterrupted() {
        try (LocalHost host = host().hostJson(HostJson.defaults().withFunctionTimeout(Duration.ofMillis(200)))
                .start()) {
            assertThat(new Http(host).get("/api/wait").statusCode()).isEqualTo(500);
        }
    }

    @Test
    void frontEnd_givesUpBeforeTheFunction_with502() {
        try (LocalHost host = host().gatewayTimeout(Duration.ofMillis(200)).start()) {
            assertThat(new Http(host).get("/api/wait").statusCode()).isEqualTo(502);
            gate.countDown();
        }
    }

    @Test
    void requests_overTheLimits_waitOrAreAnswered429() {
        HostJson.Http limits = new HostJson.Http(1, 2);
        try (LocalHost host =
                        host().hostJson(HostJson.defaults().withHttp(limits)).start();
                HttpClient client = HttpClient.newHttpClient()) {
            Http http = new Http(host);
            List<CompletableFuture<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                statuses.add(client.sendAsync(http.request("/api/wait").build(), HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode));
            }
            CompletableFuture.anyOf(statuses.toArray(new CompletableFuture<?>[0]))
                    .join();
            gate.countDown();

            assertThat(statuses.stream().map(CompletableFuture::join).toList())
                    .containsExactlyInAnyOrder(200, 200, 429);
        }
    }

    @Test
    void disabledFunction_isNotServed() {
        for (String name : List.of("AzureWebJobs.Number.Disabled", "AzureWebJobs_Number_Disabled")) {
            try (LocalHost host = host().settings(Map.of(name, "true")).start()) {
                assertThat(new Http(host).get("/api/number").statusCode()).isEqualTo(404);
            }
        }
    }

    @Test
    void stop_letsARequestUnderWayFinish() throws Exception {
        LocalHost host = host().start();
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(new Http(host).request("/api/wait").build(), HttpResponse.BodyHandlers.ofString());
            while (instances.get() == 0) {
                Thread.onSpinWait();
            }
            Thread stopping = Thread.ofPlatform().start(host::close);
            gate.countDown();

            assertThat(answer.get().body()).isEqualTo("waited");
            stopping.join();
        }
    }
}
