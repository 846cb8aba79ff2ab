package com.medspasync.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * One operation of the contract.
 *
 * @param path such as {@code /clients/{id}}
 * @param access who may: ANYONE, USER, USER_PROVED, or the name of a permission
 * @param query an example of the parameters that have to be given; empty where there are none
 * @param body an example of the body; empty where it takes none
 */
record ContractOperation(String method, String path, String access, String query, String body) {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    /** All of them. */
    static List<ContractOperation> all() {
        JsonNode contract = contract();
        List<ContractOperation> all = new ArrayList<>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(item -> {
                    if (METHODS.contains(item.getKey())) {
                        all.add(new ContractOperation(
                                item.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                item.getValue().path("x-access").asText(),
                                query(item.getValue()),
                                example(contract, item.getValue())));
                    }
                }));
        return all;
    }

    private static String query(JsonNode operation) {
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.path("required").asBoolean()
                    && parameter.path("in").asText().equals("query")) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(parameter.path("example").asText());
            }
        }
        return query.toString();
    }

    private static String example(JsonNode contract, JsonNode operation) {
        JsonNode content = operation.path("requestBody").path("content");
        if (content.isMissingNode()) {
            return "";
        }
        JsonNode schema = content.iterator().next().path("schema");
        String reference = schema.path("$ref").asText();
        JsonNode target = reference.isEmpty() ? schema : contract.at(reference.substring(1));
        return target.path("example").isMissingNode()
                ? "{}"
                : target.path("example").toString();
    }

    static JsonNode contract() {
        try (Reader contract = Files.newBufferedReader(ContractCheck.CONTRACT)) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(contract);
            return new ObjectMapper().valueToTree(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean takesBody() {
        return !body.isEmpty();
    }

    boolean isRead() {
        return method.equals("GET");
    }

    boolean namesARecord() {
        return path.contains("{id}");
    }

    /** The path for {@code id}, with the query; what else it names is a name. */
    String at(UUID id) {
        return "/api" + path.replace("{id}", id.toString()).replaceAll("\\{[a-z]+}", "name") + query;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
