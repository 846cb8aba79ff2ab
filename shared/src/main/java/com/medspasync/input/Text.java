package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;

/** The kinds of text. {@link Json} has already refused what no text may hold: NUL, lone surrogates and U+FFFD. */
final class Text {

    private Text() {}

    static Parsed<String> line(JsonNode node, int max) {
        if (!node.isTextual()) {
            return notText();
        }
        String text = normalised(node.textValue());
        return text.chars().anyMatch(Text::breaksLine)
                ? Parsed.invalid("control-character", "must not contain line breaks or control characters")
                : bounded(text, max);
    }

    static Parsed<String> lines(JsonNode node, int max) {
        if (!node.isTextual()) {
            return notText();
        }
        String text = normalised(node.textValue().replace("\r\n", "\n").replace('\r', '\n'));
        return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')
                ? Parsed.invalid("control-character", "must not contain control characters")
                : bounded(text, max);
    }

    static Parsed<String> secret(JsonNode node, int max) {
        return node.isTextual() ? bounded(node.textValue(), max) : notText();
    }

    private static <T> Parsed<T> notText() {
        return Parsed.invalid("type", "must be a string");
    }

    private static Parsed<String> bounded(String text, int max) {
        if (text.isBlank()) {
            return Parsed.invalid("blank", "must not be blank; leave it out or send null instead");
        }
        return text.codePointCount(0, text.length()) > max
                ? Parsed.invalid("too-long", "must have at most " + max + " characters")
                : Parsed.valid(text);
    }

    private static String normalised(String text) {
        String stripped = text.strip();
        return Normalizer.isNormalized(stripped, Normalizer.Form.NFC)
                ? stripped
                : Normalizer.normalize(stripped, Normalizer.Form.NFC);
    }

    /** ISO control characters, and the two Unicode characters that end a line without being control characters. */
    private static boolean breaksLine(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
