package com.medspasync.functions.local.host;

import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The target of a request line, read as Kestrel and ASP.NET Core read it.
 *
 * @param path decoded, except for %2F, and without dot segments
 * @param query decoded, the values of a repeated name joined by commas; names in any case are one name; empty values are left out
 */
record RequestTarget(String path, Map<String, String> query) {

    static RequestTarget parse(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        return new RequestTarget(withoutDotSegments(decode(path)), query(query));
    }

    private static Map<String, String> query(String query) {
        if (query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decodeForm(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decodeForm(pair.substring(equals + 1));
            if (!name.isEmpty()) {
                values.merge(name, value, (first, second) -> first + "," + second);
            }
        }
        // The worker gets an ordinary map: names are found in the case of their first use only.
        return values.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String decodeForm(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformedEscape) {
            return text.replace('+', ' ');
        }
    }

    /** What does not decode to UTF-8 stays as it was written. */
    private static String decode(String path) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] == '%' && i + 2 < bytes.length ? hex(bytes[i + 1], bytes[i + 2]) : -1;
            if (value < 0 || value == '/') {
                decoded.write(bytes[i]);
            } else {
                decoded.write(value);
                i += 2;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return path;
        }
    }

    private static int hex(byte high, byte low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first << 4 | second;
    }

    private static String withoutDotSegments(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        String joined = String.join("/", segments);
        return joined.startsWith("/") ? joined : "/" + joined;
    }
}
