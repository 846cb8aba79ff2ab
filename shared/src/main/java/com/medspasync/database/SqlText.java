package com.medspasync.database;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads SQL with {@code :named} parameters into SQL with {@code ?} markers.
 *
 * <p>A colon starts a parameter when a letter or underscore follows it and neither a colon nor the end of a word, number, bracket or
 * quoted name precedes it: so {@code ::casts}, {@code :=} and slices such as {@code a[1:2]} and {@code a[low:high]} stay as they are,
 * and {@code a[:i]} takes a parameter. String constants (plain, {@code E''} and dollar-quoted), quoted names and comments (nested ones too) are
 * copied unread. A lone {@code ?} is an operator of PostgreSQL, which the driver wants doubled.
 */
final class SqlText {

    private final String source;
    private final StringBuilder positional;
    private final List<String> names = new ArrayList<>();
    private int at;

    private SqlText(String source) {
        this.source = source;
        this.positional = new StringBuilder(source.length());
    }

    /**
     * @param positional the SQL with {@code ?} markers
     * @param names the parameter at each marker, in order
     */
    record Read(String positional, List<String> names) {}

    /** @throws IllegalArgumentException if it is not one complete statement */
    static Read read(String sql) {
        return new SqlText(sql.strip()).read();
    }

    private Read read() {
        while (at < source.length()) {
            char c = source.charAt(at);
            switch (c) {
                case '\'' -> copyTo(endOfQuoted('\'', isEscapeString()));
                case '"' -> copyTo(endOfQuoted('"', false));
                case '-' -> copyTo(peek(1) == '-' ? endOfLine() : at + 1);
                case '/' -> copyTo(peek(1) == '*' ? endOfComment() : at + 1);
                case '$' -> copyTo(endOfDollarQuoted());
                case ':' -> colon();
                case '?' -> operator();
                case ';' -> throw new IllegalArgumentException("one statement, without a semicolon: " + source);
                default -> copyTo(at + 1);
            }
        }
        if (positional.isEmpty()) {
            throw new IllegalArgumentException("no SQL");
        }
        return new Read(positional.toString(), List.copyOf(names));
    }

    private void colon() {
        if (peek(1) == ':') {
            copyTo(at + 2);
        } else if (isNameStart(peek(1)) && !endsOperand(peek(-1))) {
            int end = at + 1;
            while (end < source.length() && isNamePart(source.charAt(end))) {
                end++;
            }
            names.add(source.substring(at + 1, end));
            positional.append('?');
            at = end;
        } else {
            copyTo(at + 1);
        }
    }

    private void operator() {
        positional.append("??");
        at++;
    }

    /** Whether the quote at hand opens {@code E'...'}, in which a backslash escapes. */
    private boolean isEscapeString() {
        return (peek(-1) == 'e' || peek(-1) == 'E') && !isNamePart(peek(-2)) && peek(-2) != '$';
    }

    private int endOfQuoted(char quote, boolean backslashEscapes) {
        for (int i = at + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\' && backslashEscapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 < source.length() && source.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i + 1;
                }
            }
        }
        throw new IllegalArgumentException("a quote does not end: " + source);
    }

    private int endOfLine() {
        int end = source.indexOf('\n', at);
        return end < 0 ? source.length() : end;
    }

    private int endOfComment() {
        int depth = 0;
        for (int i = at; i + 1 < source.length(); i++) {
            if (source.startsWith("/*", i)) {
                depth++;
                i++;
            } else if (source.startsWith("*/", i)) {
                depth--;
                i++;
                if (depth == 0) {
                    return i + 1;
                }
            }
        }
        throw new IllegalArgumentException("a comment does not end: " + source);
    }

    private int endOfDollarQuoted() {
        if (isNamePart(peek(-1)) || peek(-1) == '$') {
            return at + 1;
        }
        int tagEnd = at + 1;
        while (tagEnd < source.length() && isNamePart(source.charAt(tagEnd))) {
            tagEnd++;
        }
        boolean opens = tagEnd < source.length() && source.charAt(tagEnd) == '$' && !Character.isDigit(peek(1));
        if (!opens) {
            return at + 1;
        }
        String tag = source.substring(at, tagEnd + 1);
        int end = source.indexOf(tag, tagEnd + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a dollar quote does not end: " + source);
        }
        return end + tag.length();
    }

    private void copyTo(int end) {
        positional.append(source, at, end);
        at = end;
    }

    /** The character {@code offset} places from here; 0 outside the text. */
    private char peek(int offset) {
        int i = at + offset;
        return i < 0 || i >= source.length() ? 0 : source.charAt(i);
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    private static boolean isNamePart(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static boolean endsOperand(char c) {
        return isNamePart(c) || c == ':' || c == ')' || c == ']' || c == '"' || c == '\'' || c == '$';
    }
}
