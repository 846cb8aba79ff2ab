package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;

/** Numbers, amounts, flags, dates, times and choices. */
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

    /** @param max at least 0, with two decimals */
    static Parsed<BigDecimal> amount(JsonNode node, BigDecimal max) {
        if (!node.isNumber()) {
            return Parsed.invalid("type", "must be a number");
        }
        BigDecimal amount = node.decimalValue();
        if (amount.signum() < 0 || amount.compareTo(max) > 0) {
            return Parsed.invalid("range", "must be from 0 to " + max);
        }
        return amount.stripTrailingZeros().scale() > 2
                ? Parsed.invalid("format", "must have at most two decimals")
                : Parsed.valid(amount.setScale(2, RoundingMode.UNNECESSARY));
    }

    private static boolean isInteger(String text) {
        int digits = text.startsWith("-") ? text.length() - 1 : text.length();
        return digits >= 1
                && digits <= 9
                && text.chars().skip(text.length() - digits).allMatch(c -> c >= '0' && c <= '9');
    }
}
