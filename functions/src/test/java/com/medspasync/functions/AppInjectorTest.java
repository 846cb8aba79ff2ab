package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.medspasync.functions.http.HealthFunctions;
import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.http.kernel.TestRequest;
import com.medspasync.functions.http.kernel.TestResponse;
import com.microsoft.azure.functions.spi.inject.FunctionInstanceInjector;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppInjectorTest {

    @TempDir
    Path directory;

    @Test
    void injector_isFoundByTheWorker() {
        assertThat(ServiceLoader.load(FunctionInstanceInjector.class)).hasOnlyElementsOfType(AppInjector.class);
    }

    @Test
    void getInstance_whenTheAppCannotBeBuilt_givesFunctionsThatAllAnswer503() throws Exception {
        try (AppInjector injector = new AppInjector(() -> {
            throw new NoClassDefFoundError("a dependency");
        })) {
            for (Method function : HttpFunctionMethods.all()) {
                Object instance = injector.getInstance(function.getDeclaringClass());
                TestResponse answer = HttpFunctionMethods.call(instance, function, anyOperation(instance, function));
                assertThat(answer.code()).as(function.toString()).isEqualTo(503);
                assertThat(answer.headers())
                        .containsEntry("Content-Type", "application/problem+json")
                        .containsKey("Retry-After");
            }
        }
    }

    @Test
    void getInstance_ofEveryFunction_isTheOneOfTheApp() throws Exception {
        try (AppInjector injector = new AppInjector(() -> AppSettings.read(settings()))) {
            for (Method function : HttpFunctionMethods.all()) {
                Class<?> type = function.getDeclaringClass();
                assertThat(injector.getInstance(type)).isInstanceOf(type).isSameAs(injector.getInstance(type));
            }
        }
    }

    @Test
    void getInstance_withEveryStoreDown_stillServesWhatNeedsNone() throws Exception {
        try (AppInjector injector = new AppInjector(() -> AppSettings.read(settings()))) {
            HealthFunctions health = injector.getInstance(HealthFunctions.class);

            assertThat(TestResponse.of(health.live(TestRequest.get("/api/health/live"), new TestContext()))
                            .code())
                    .isEqualTo(200);
            TestResponse ready = TestResponse.of(health.ready(TestRequest.get("/api/health/ready"), new TestContext()));
            assertThat(ready.code()).isEqualTo(503);
            assertThat(ready.json().path("checks").findValuesAsText("name"))
                    .containsExactly("database", "keys", "redis", "storage");
            assertThat(ready.json().path("checks").path(0).path("status").asText())
                    .isEqualTo("down");
        }
    }

    /** A method that the function has, taken from what OPTIONS tells; any for one that has all. */
    private static TestRequest anyOperation(Object instance, Method function) {
        String allow = HttpFunctionMethods.call(instance, function, TestRequest.of("OPTIONS", "/api/x"))
                .headers()
                .getOrDefault("Allow", "");
        return TestRequest.of(allow.startsWith("OPTIONS") ? "GET" : allow.substring(0, allow.indexOf(',')), "/api/x");
    }

    /** Stores at a port where nobody listens. */
    private Map<String, String> settings() {
        return Map.of(
                SettingNames.DATABASE_URL, "jdbc:postgresql://127.0.0.1:1/medspasync",
                SettingNames.DATABASE_USER, "medspasync_app",
                SettingNames.DATABASE_PASSWORD, "any",
                SettingNames.REDIS_URL, "redis://127.0.0.1:1",
                SettingNames.STORAGE,
                        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=AAAA;"
                                + "BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;"
                                + "QueueEndpoint=http://127.0.0.1:1/devstoreaccount1;"
                                + "TableEndpoint=http://127.0.0.1:1/devstoreaccount1;",
                SettingNames.LOCAL_KEY_FILE, directory.resolve("root.key").toString());
    }
}
