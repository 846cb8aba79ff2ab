package com.medspasync.functions;

import com.medspasync.functions.http.kernel.TestContext;
import com.medspasync.functions.http.kernel.TestRequest;
import com.medspasync.functions.http.kernel.TestResponse;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Method;
import java.util.List;

/** Every HTTP function of the app, found by its annotations. */
final class HttpFunctionMethods {

    /** The catch-all's: no path of the contract. */
    static final String CATCH_ALL = "{*path}";

    private HttpFunctionMethods() {}

    static List<Method> all() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.medspasync.functions.http")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FunctionName.class))
                        .map(JavaMethod::reflect)
                        .toList();
    }

    static String route(Method method) {
        for (var parameter : method.getParameters()) {
            HttpTrigger trigger = parameter.getAnnotation(HttpTrigger.class);
            if (trigger != null) {
                return trigger.route();
            }
        }
        throw new AssertionError(method + " has no HTTP trigger");
    }

    static TestResponse call(Object instance, Method method, TestRequest request) {
        try {
            return TestResponse.of((HttpResponseMessage) method.invoke(instance, request, new TestContext()));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(method + " threw, which it never may", e);
        }
    }
}
