package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Numbers, flags, dates, times and choices. */
final class Scalars {

    /** The years that every reader of a date takes, and the database's text for it: those of RFC 3339 but the year 0. */
    private static final LocalDate FIRST_DATE = LocalDate.of(1, 1, 1);

    private static final Instant FIRST_INSTANT = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59.999999Z");

    private Scalars() {}

    /** @param parameters whether the number comes from a query, where everything is text */
    static Parsed<Integer> integer(JsonNode node, boolean parameters, int min, int max) {
        String digits = parameters ? node.asText() : "";
        if (parameters ? !isInteger(digits) : !(node.isIntegralNumber() && node.canConvertToInt())) {
            return Parsed.invalid("type", "must be an integer from " + min + " to " + max);
        }
        int value = parameters ? Integer.parseInt(digits) : node.intValue();
        return min <= value && value <= max
                ? Parsed.valid(value)
                : Parsed.invalid("range", "must be from " + min + " to " + max);
    }

    static Parsed<Boolean> flag(JsonNode node, boolean parameters) {
        if (parameters) {
            return switch (node.asText()) {
                case "true" -> Parsed.valid(true);
                case "false" -> Parsed.valid(false);
                default -> Parsed.invalid("type", "must be true or false");
            };
        }
        return node.isBoolean() ? Parsed.valid(node.booleanValue()) : Parsed.invalid("type", "must be true or false");
    }

    static Parsed<LocalDate> date(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : "";
        try {
            if (text.length() == 10) {
                LocalDate date = LocalDate.parse(text);
                return date.isBefore(FIRST_DATE)
                        ? Parsed.invalid("range", "must be in the years 1 to 9999")
                        : Parsed.valid(date);
            }
        } catch (DateTimeException notADate) {
            // Falls through to the answer that every other shape gets; the exception would repeat the value.
        }
        return Parsed.invalid("format", "must be a date such as 1984-02-29");
    }

    static Parsed<Instant> instant(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : "";
        try {
            if (text.length() >= 20 && text.length() <= 35) {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return instant.isBefore(FIRST_INSTANT) || instant.isAfter(LAST_INSTANT)
                        ? Parsed.invalid("range", "must be in the years 1 to 9999 in UTC")
                        : Parsed.valid(instant);
            }
        } catch (DateTimeException notATime) {
            // As for dates.
        }
        return Parsed.invalid("format", "must be a time with its offset, such as 2026-01-31T09:30:00Z");
    }

    static Parsed<UUID> uuid(JsonNode node) {
        String text = node.isTextual() ? node.textValue() : "";
        try {
            UUID id = UUID.fromString(text);
            // The parser takes shorter groups for ones with zeros in front.
            if (id.toString().equalsIgnoreCase(text)) {
                return Parsed.valid(id);
            }
        } catch (IllegalArgumentException notAnId) {
            // As for dates.
        }
        return Parsed.invalid("format", "must be a UUID");
    }

    static <E extends Enum<E>> Parsed<E> choice(JsonNode node, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (node.isTextual() && constant.name().equals(node.textValue())) {
                return Parsed.valid(constant);
            }
        }
        return Parsed.invalid(
                "choice",
                "must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    static <E extends Enum<E>> Parsed<Set<E>> choices(JsonNode node, Class<E> type) {
        int most = type.getEnumConstants().length;
        if (!node.isArray() || node.size() > most) {
            return Parsed.invalid("type", "must be an array of at most " + most + " texts");
        }
        Set<E> chosen = EnumSet.noneOf(type);
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String pointer = "/" + i;
            switch (choice(node.get(i), type)) {
                case Parsed.Valid<E>(E constant) -> {
                    if (!chosen.add(constant)) {
                        violations.add(new Violation(pointer, "repeated", "must not stand there twice"));
                    }
                }
                case Parsed.Invalid<E>(List<Violation> faults) ->
                    faults.forEach(fault -> violations.add(fault.under(pointer)));
            }
        }
        return violations.isEmpty() ? Parsed.valid(chosen) : new Parsed.Invalid<>(violations);
    }

    private static boolean isInteger(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        return digits >= 1
                && digits <= 9
                && text.chars().skip(text.length() - digits).allMatch(c -> c >= '0' && c <= '9');
    }
}
