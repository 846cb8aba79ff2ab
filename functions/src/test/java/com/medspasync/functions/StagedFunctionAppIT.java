package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the folder that is deployed to Azure against the annotations in the code. */
class StagedFunctionAppIT {

    private static final Path STAGED = Path.of("target", "azure-functions", "medspasync");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyFunction_isStaged_andNothingElse() throws IOException {
        assertThat(stagedFunctions().keySet()).isEqualTo(annotatedFunctions().keySet());
    }

    @Test
    void everyStagedTrigger_saysWhatTheAnnotationSays() throws IOException {
        Map<String, JsonNode> staged = stagedFunctions();
        annotatedFunctions().forEach((name, method) -> {
            JsonNode function = staged.get(name);
            assertThat(function).as(name).isNotNull();
            assertThat(function.path("entryPoint").asText())
                    .isEqualTo(method.getDeclaringClass().getName() + "." + method.getName());
            assertThat(STAGED.resolve(name).resolve(function.path("scriptFile").asText()))
                    .as("the jar that %s names", name)
                    .exists();
            JsonNode trigger = function.path("bindings").path(0);
            switch (trigger(method)) {
                case HttpTrigger http -> {
                    assertThat(trigger.path("type").asText()).isEqualTo("httpTrigger");
                    assertThat(trigger.path("route").asText()).isEqualTo(http.route());
                    assertThat(trigger.path("authLevel").asText())
                            .isEqualToIgnoringCase(http.authLevel().name());
                    assertThat(http.methods().length)
                            .as("%s takes every method and answers 405 itself", name)
                            .isNotEqualTo(1);
                }
                case QueueTrigger queue -> {
                    assertThat(trigger.path("type").asText()).isEqualTo("queueTrigger");
                    assertThat(trigger.path("queueName").asText()).isEqualTo(queue.queueName());
                    assertThat(trigger.path("connection").asText()).isEqualTo(queue.connection());
                }
                case TimerTrigger timer -> {
                    assertThat(trigger.path("type").asText()).isEqualTo("timerTrigger");
                    assertThat(trigger.path("schedule").asText()).isEqualTo(timer.schedule());
                }
                default -> throw new AssertionError(name + " has a trigger that this test does not know");
            }
        });
    }

    @Test
    void hostSettings_areThoseOfTheTopLevel() throws IOException {
        for (String file : new String[] {"host.json", "local.settings.json"}) {
            assertThat(JSON.readTree(STAGED.resolve(file).toFile()))
                    .as(file)
                    .isEqualTo(JSON.readTree(Path.of("..", file).toFile()));
        }
    }

    @Test
    void testSources_areNotShipped() throws IOException {
        try (Stream<Path> jars = Files.list(STAGED.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("tests") || name.contains("embedded") || name.contains("junit"));
        }
    }

    private static Map<String, JsonNode> stagedFunctions() throws IOException {
        assertThat(STAGED).as("staged by the build's package phase").isDirectory();
        Map<String, JsonNode> functions = new TreeMap<>();
        try (Stream<Path> folders = Files.list(STAGED)) {
            for (Path folder : folders.toList()) {
                Path description = folder.resolve("function.json");
                if (Files.exists(description)) {
                    functions.put(folder.getFileName().toString(), JSON.readTree(description.toFile()));
                }
            }
        }
        return functions;
    }

    private static Map<String, Method> annotatedFunctions() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.medspasync.functions")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> method.isAnnotatedWith(FunctionName.class))
                        .map(JavaMethod::reflect)
                        .collect(Collectors.toMap(
                                method -> Optional.ofNullable(method.getAnnotation(FunctionName.class))
                                        .orElseThrow()
                                        .value(),
                                method -> method,
                                (one, other) -> {
                                    throw new AssertionError("two functions share a name: " + one + " and " + other);
                                },
                                TreeMap::new));
    }

    private static Annotation trigger(Method method) {
        return Arrays.stream(method.getParameterAnnotations())
                .flatMap(Arrays::stream)
                .filter(annotation -> annotation instanceof HttpTrigger
                        || annotation instanceof QueueTrigger
                        || annotation instanceof TimerTrigger)
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " has no trigger"));
    }
}
