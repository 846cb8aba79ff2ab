package com.medspasync.functions.http.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What If-Match or If-None-Match names (RFC 9110, section 13.1). A record's tag is its version in quotes, {@code "7"}.
 *
 * @param any whether it was {@code *}
 * @param strong the opaque parts of strong tags
 * @param weak the opaque parts of weak tags, which If-Match never matches
 */
public record EntityTags(boolean any, List<String> strong, List<String> weak) {

    private static final EntityTags ANY = new EntityTags(true, List.of(), List.of());

    public EntityTags {
        strong = List.copyOf(strong);
        weak = List.copyOf(weak);
    }

    /** The tag of a version. */
    public static String of(int version) {
        return "\"" + version + "\"";
    }

    /** Whether If-Match lets a change of {@code version} through: strong comparison. */
    public boolean allow(int version) {
        return any || strong.contains(Integer.toString(version));
    }

    /** Whether If-None-Match says that the caller already has what {@code etag} tags: weak comparison. */
    boolean have(String etag) {
        String opaque = etag.substring(etag.indexOf('"') + 1, etag.length() - 1);
        return any || strong.contains(opaque) || weak.contains(opaque);
    }

    int size() {
        return strong.size() + weak.size();
    }

    /** The version that a strong tag names, in the spelling of {@link #of}: {@code "07"} is another tag than {@code "7"}. */
    static OptionalInt version(String opaque) {
        boolean digits =
                !opaque.isEmpty() && opaque.length() <= 9 && opaque.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && opaque.charAt(0) != '0' ? OptionalInt.of(Integer.parseInt(opaque)) : OptionalInt.empty();
    }

    /** Empty when the header is malformed. */
    static Optional<EntityTags> parse(String header) {
        String text = header.strip();
        if (text.equals("*")) {
            return Optional.of(ANY);
        }
        Reader reader = new Reader(text);
        return reader.readAll() ? Optional.of(reader.result()) : Optional.empty();
    }

    /** One pass over {@code 1#entity-tag}; empty list members are tolerated, as RFC 9110, section 5.6.1.2 asks. */
    private static final class Reader {
        private final String text;
        private final List<String> strong = new ArrayList<>(1);
        private final List<String> weak = new ArrayList<>(1);
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean readAll() {
            boolean afterTag = false;
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ',') {
                    afterTag = false;
                    at++;
                } else if (c == ' ' || c == '\t') {
                    at++;
                } else if (afterTag || !readTag()) {
                    return false;
                } else {
                    afterTag = true;
                }
            }
            return strong.size() + weak.size() > 0;
        }

        private boolean readTag() {
            boolean isWeak = text.startsWith("W/", at);
            int open = isWeak ? at + 2 : at;
            int close = open < text.length() && text.charAt(open) == '"' ? text.indexOf('"', open + 1) : -1;
            if (close < 0) {
                return false;
            }
            String opaque = text.substring(open + 1, close);
            if (opaque.chars().anyMatch(c -> c < 0x21 || c == 0x7F)) {
                return false;
            }
            (isWeak ? weak : strong).add(opaque);
            at = close + 1;
            return true;
        }

        EntityTags result() {
            return new EntityTags(false, strong, weak);
        }
    }
}
