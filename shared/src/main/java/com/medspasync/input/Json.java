package com.medspasync.input;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON from outside, and writes the platform's own.
 *
 * <p>A body is one JSON object (RFC 8259, in the profile of I-JSON, RFC 7493) and nothing after it. Refused: duplicate names, trailing tokens, {@code NaN} and comments, nesting deeper than {@value #MAX_DEPTH}, numbers longer
 * than {@value #MAX_NUMBER} characters or with an exponent beyond 32 bits, NUL, lone surrogates, and U+FFFD, which is what the platform puts where the bytes it was
 * sent were no UTF-8. Thread-safe.
 */
public final class Json {

    static final int MAX_DEPTH = 16;
    static final int MAX_NUMBER = 40;
    static final int MAX_NAME = 256;

    /** The longest body read by {@link #read}, in characters; more is refused before it is parsed. */
    public static final int MAX_LENGTH = 8 * 1024 * 1024;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER)
                            .maxNameLength(MAX_NAME)
                            .maxStringLength(MAX_LENGTH)
                            .maxDocumentLength(MAX_LENGTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    private static final ObjectWriter WRITER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addSerializer(LocalDate.class, ToStringSerializer.instance))
            .build()
            .writer();

    private Json() {}

    /** The object that {@code body} holds, for {@link Fields#of}; or what is wrong with it, without a word of it. */
    public static Parsed<ObjectNode> read(String body) {
        JsonNode node;
        try {
            node = READER.readTree(body);
        } catch (StreamConstraintsException tooMuch) {
            return Parsed.invalid("too-complex", "exceeds a limit of depth or length" + at(tooMuch));
        } catch (MismatchedInputException duplicateOrTrailing) {
            return Parsed.invalid("malformed", "repeats a name, or goes on after its end" + at(duplicateOrTrailing));
        } catch (JsonProcessingException malformed) {
            return Parsed.invalid("malformed", "is not valid JSON" + at(malformed));
        } catch (NumberFormatException exponent) {
            // Jackson lets it through as it is, and its message quotes the number.
            return Parsed.invalid("too-complex", "has a number with an exponent that is too large");
        }
        if (!(node instanceof ObjectNode object)) {
            return Parsed.invalid("type", "must be a JSON object");
        }
        List<Violation> violations = new ArrayList<>();
        refuseBadText("", object, violations);
        return violations.isEmpty() ? Parsed.valid(object) : new Parsed.Invalid<>(violations);
    }

    /**
     * {@code value}, usually a record, as JSON. What is null is left out; times and dates are written as RFC 3339 does.
     *
     * @throws IllegalStateException when the type cannot be written: a fault in the code, told without the value
     */
    public static String write(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON");
        }
    }

    private static void refuseBadText(String pointer, JsonNode node, List<Violation> violations) {
        if (node.isTextual() && !isText(node.textValue()) && violations.size() < Fields.MAX_VIOLATIONS) {
            violations.add(new Violation(
                    pointer, "bad-text", "must be UTF-8 without NUL, lone surrogates or replacement characters"));
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseBadText(pointer + "/" + i, node.get(i), violations);
            }
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isText(field.getKey())) {
                // What lies under a name that is not shown is reported where that name stands.
                String below =
                        Fields.isShown(field.getKey()) ? pointer + "/" + Fields.escaped(field.getKey()) : pointer;
                refuseBadText(below, field.getValue(), violations);
            } else if (violations.size() < Fields.MAX_VIOLATIONS) {
                violations.add(new Violation(pointer, "bad-text", "has a name that is not text"));
            }
        }
    }

    /** Whether {@code text} is well-formed Unicode that PostgreSQL can store and that nothing was lost of on its way here. */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c == '\uFFFD' || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Jackson's own messages quote the input, so only the place is told. */
    private static String at(JsonProcessingException fault) {
        JsonLocation location = fault.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
