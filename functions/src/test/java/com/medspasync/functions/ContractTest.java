package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The contract describes the functions there are, and no others. */
class ContractTest {

    /** Answers everything else with 404: no path of the contract. */
    private static final String CATCH_ALL = "/{*path}";

    @Test
    void paths_ofTheContract_areTheRoutesOfTheFunctions() throws IOException {
        assertThat(paths().keySet()).isEqualTo(routes());
    }

    @Test
    void operations_thatNeedAToken_describeTheirRefusals() throws IOException {
        paths().forEach((path, item) -> ((Map<?, ?>) item).forEach((method, value) -> {
            if (value instanceof Map<?, ?> operation
                    && operation.get("responses") instanceof Map<?, ?> responses
                    && !operation.containsKey("security")) {
                Set<String> codes =
                        responses.keySet().stream().map(Object::toString).collect(Collectors.toSet());
                assertThat(codes).as(method + " " + path).contains("401", "500", "503");
            }
        }));
    }

    @SuppressWarnings("unchecked") // A contract that is not of this form fails the tests that read it.
    private static Map<String, Object> paths() throws IOException {
        try (Reader contract = Files.newBufferedReader(ContractCheck.CONTRACT)) {
            Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(contract);
            return (Map<String, Object>) document.getOrDefault("paths", Map.of());
        }
    }

    private static Set<String> routes() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.medspasync.functions")
                        .stream()
                        .flatMap(type -> type.getMethods().stream())
                        .map(JavaMethod::reflect)
                        .flatMap(method -> Arrays.stream(method.getParameters()))
                        .filter(parameter -> parameter.isAnnotationPresent(HttpTrigger.class))
                        .map(parameter ->
                                "/" + parameter.getAnnotation(HttpTrigger.class).route())
                        .map(route -> route.replaceAll(":[a-z]+}", "}"))
                        .filter(route -> !route.equals(CATCH_ALL))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
