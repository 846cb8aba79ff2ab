package com.medspasync.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Holds what goes over the wire in the integration tests against the contract. Thread-safe. */
final class ContractCheck {

    static final Path CONTRACT = Path.of("src", "main", "resources", "openapi.yaml");

    private static final OpenApiInteractionValidator VALIDATOR = load();

    private ContractCheck() {}

    private static OpenApiInteractionValidator load() {
        try {
            return OpenApiInteractionValidator.createForInlineApiSpecification(Files.readString(CONTRACT))
                    .withBasePathOverride("/api")
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails unless the contract describes the answer; and the request, if it was a good one. */
    static void hold(HttpRequest request, @Nullable String body, HttpResponse<String> response) {
        URI uri = request.uri();
        Request.Method method = Request.Method.valueOf(request.method());
        SimpleResponse.Builder answer = SimpleResponse.Builder.status(response.statusCode());
        response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
        if (!response.body().isEmpty()) {
            answer.withBody(response.body());
        }
        hold(method, uri, VALIDATOR.validateResponse(uri.getPath(), method, answer.build()));
        if (response.statusCode() < 400) {
            hold(method, uri, VALIDATOR.validateRequest(request(method, request, body)));
        }
    }

    private static SimpleRequest request(Request.Method method, HttpRequest request, @Nullable String body) {
        SimpleRequest.Builder sent =
                new SimpleRequest.Builder(method, request.uri().getPath());
        request.headers().map().forEach((name, values) -> sent.withHeader(name, values));
        String query = request.uri().getQuery();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                sent.withQueryParam(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return body == null ? sent.build() : sent.withBody(body).build();
    }

    private static void hold(Request.Method method, URI uri, ValidationReport report) {
        assertThat(report.hasErrors())
                .as(() -> method + " " + uri.getPath() + " against the contract: "
                        + report.getMessages().stream()
                                .map(ValidationReport.Message::getMessage)
                                .collect(Collectors.joining("; ")))
                .isFalse();
    }
}
