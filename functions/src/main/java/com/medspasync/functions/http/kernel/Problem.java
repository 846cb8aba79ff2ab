package com.medspasync.functions.http.kernel;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.medspasync.input.Violation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that is an error: {@code application/problem+json} (RFC 9457) with three members of our own.
 *
 * @param detail for people; never PHI, SQL or a stack
 * @param errors everything that was wrong with the request, by field
 * @param traceId what to quote to the platform's operators
 * @param extensions further members
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail", "errors", "traceId"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Problem(
        String type,
        String title,
        int status,
        String code,
        @Nullable String detail,
        List<Violation> errors,
        String traceId,
        @JsonAnyGetter Map<String, Object> extensions) {

    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(Answer.Body.Refused refused, String traceId) {
        ProblemType type = refused.type();
        return new Problem(
                "about:blank",
                type.title(),
                type.status(),
                type.code(),
                refused.detail(),
                refused.errors(),
                traceId,
                refused.extensions());
    }
}
