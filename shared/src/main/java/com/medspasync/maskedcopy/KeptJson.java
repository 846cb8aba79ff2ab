package com.medspasync.maskedcopy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What stays of a JSON column. What is not named here, or is not of the form that its name promises, is left out. */
enum KeptJson {
    /** Times of day by day of the week. */
    HOURS {
        @Override
        Optional<JsonNode> part(String name, JsonNode value) {
            return DAYS.contains(name) ? times(value) : Optional.empty();
        }
    },

    /** How a practice wants things written. */
    SETTINGS {
        @Override
        Optional<JsonNode> part(String name, JsonNode value) {
            Pattern form = FORMS.get(name);
            return form != null
                            && value.isTextual()
                            && form.matcher(value.textValue()).matches()
                    ? Optional.of(value)
                    : Optional.empty();
        }
    };

    private static final List<String> DAYS = List.of(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "mon",
            "tue",
            "wed",
            "thu",
            "fri",
            "sat",
            "sun");

    private static final List<String> ENDS = List.of("open", "close", "from", "to", "start", "end");

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00");

    /** Both are of lists that are the same for everybody: ISO 4217, and language with country by BCP 47. */
    private static final Map<String, Pattern> FORMS =
            Map.of("currency", Pattern.compile("[A-Z]{3}"), "locale", Pattern.compile("[a-z]{2}(-[A-Z]{2})?"));

    /** What stays of an object; of anything else, an empty one. */
    ObjectNode of(JsonNode node) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        node.properties()
                .forEach(field ->
                        part(field.getKey(), field.getValue()).ifPresent(part -> kept.set(field.getKey(), part)));
        return kept;
    }

    abstract Optional<JsonNode> part(String name, JsonNode value);

    private static Optional<JsonNode> times(JsonNode value) {
        if (value.isNull()) {
            return Optional.of(NullNode.instance);
        }
        if (value.isArray()) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> times(element).ifPresent(kept::add));
            return Optional.of(kept);
        }
        if (value.isObject()) {
            ObjectNode kept = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> {
                if (ENDS.contains(field.getKey()) && isTime(field.getValue())) {
                    kept.set(field.getKey(), field.getValue());
                }
            });
            return Optional.of(kept);
        }
        return isTime(value) ? Optional.of(value) : Optional.empty();
    }

    private static boolean isTime(JsonNode value) {
        return value.isTextual() && TIME.matcher(value.textValue()).matches();
    }
}
