package com.medspasync.functions.local.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route template of ASP.NET Core: literal segments, {@code {name}}, {@code {name:constraint}}, {@code {name?}} and {@code {*name}}. Literals match in
 * any case; a slash at the end is ignored; a value that fails its constraint is no match. Segments that mix text and parameters
 * are refused: this project has none.
 */
final class RouteTemplate {

    private static final Pattern PARAMETER =
            Pattern.compile("\\{(\\*{0,2})([A-Za-z_][A-Za-z0-9_]*)((?::[^{}]+)*)(\\?)?}");
    private static final Pattern LITERAL = Pattern.compile("[^{}*?/]+");

    private sealed interface Segment {}

    private record Literal(String text) implements Segment {}

    private record Parameter(String name, boolean catchAll, boolean optional, Predicate<String> constraint)
            implements Segment {}

    private final String text;
    private final List<Segment> segments;

    private RouteTemplate(String text, List<Segment> segments) {
        this.text = text;
        this.segments = segments;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException if {@code text} is no template, or uses what this host does not know
     */
    static RouteTemplate parse(String text) {
        List<Segment> segments = new ArrayList<>();
        for (String part : split(text)) {
            if (!segments.isEmpty()
                    && segments.getLast() instanceof Parameter last
                    && (last.catchAll || last.optional)) {
                throw new IllegalArgumentException(
                        "Only the last segment of a route may be optional or catch all: " + text);
            }
            segments.add(segment(part, text));
        }
        return new RouteTemplate(text, List.copyOf(segments));
    }

    /** The parameters' values if {@code path}, decoded and without a slash in front, fits; a parameter that is absent has no entry. */
    Optional<Map<String, String>> match(String path) {
        List<String> parts = split(path);
        Map<String, String> values = new LinkedHashMap<>();
        int at = 0;
        for (Segment segment : segments) {
            switch (segment) {
                case Literal literal -> {
                    if (at >= parts.size() || !literal.text.equalsIgnoreCase(parts.get(at))) {
                        return Optional.empty();
                    }
                    at++;
                }
                case Parameter parameter -> {
                    if (at >= parts.size()) {
                        return parameter.optional || parameter.catchAll ? Optional.of(values) : Optional.empty();
                    }
                    String value =
                            parameter.catchAll ? String.join("/", parts.subList(at, parts.size())) : parts.get(at);
                    if ((value.isEmpty() && !parameter.catchAll) || !parameter.constraint.test(value)) {
                        return Optional.empty();
                    }
                    values.put(parameter.name, value);
                    at = parameter.catchAll ? parts.size() : at + 1;
                }
            }
        }
        return at == parts.size() ? Optional.of(values) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }

    private static List<String> split(String path) {
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return trimmed.isEmpty() ? List.of() : List.of(trimmed.split("/", -1));
    }

    private static Segment segment(String part, String text) {
        if (LITERAL.matcher(part).matches()) {
            return new Literal(part);
        }
        Matcher matcher = PARAMETER.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a route segment: " + part + " in " + text);
        }
        Predicate<String> constraint = value -> true;
        for (String name : matcher.group(3).split(":", -1)) {
            if (!name.isEmpty()) {
                constraint = constraint.and(constraint(name, text));
            }
        }
        return new Parameter(matcher.group(2), !matcher.group(1).isEmpty(), matcher.group(4) != null, constraint);
    }

    private static Predicate<String> constraint(String name, String text) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "guid" -> GUID.asMatchPredicate();
            case "int" -> RouteTemplate::isInt;
            case "alpha" -> Pattern.compile("[A-Za-z]*").asMatchPredicate();
            default ->
                throw new IllegalArgumentException(
                        "The local host does not know the constraint " + name + " in " + text);
        };
    }

    /** As .NET's Guid.TryParse: with hyphens or without, bare, in braces or in parentheses. */
    private static final Pattern GUID = Pattern.compile("(?i)[0-9a-f]{32}|H|\\{H}|\\(H\\)"
            .replace("H", "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));

    private static boolean isInt(String value) {
        try {
            Integer.parseInt(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
