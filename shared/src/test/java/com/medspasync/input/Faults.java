package com.medspasync.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** What is wrong with an input, as tests compare it. */
public final class Faults {

    private Faults() {}

    /** Field and code of each, such as {@code /email format}; nothing of a right input. */
    public static List<String> of(Parsed<?> parsed) {
        return switch (parsed) {
            case Parsed.Valid<?> valid -> List.of();
            case Parsed.Invalid<?>(List<Violation> violations) ->
                violations.stream()
                        .map(violation -> violation.field() + " " + violation.code())
                        .toList();
        };
    }

    /** The same of a body, which is a JSON object. */
    public static List<String> of(Function<Fields, ? extends Parsed<?>> reader, String json) {
        return switch (Json.read(json)) {
            case Parsed.Valid<ObjectNode>(ObjectNode object) -> of(reader.apply(Fields.of(object)));
            case Parsed.Invalid<ObjectNode> invalid -> throw new AssertionError(invalid.toString());
        };
    }
}
