package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The elements of JSON arrays. */
final class Elements {

    private Elements() {}

    /**
     * Reads every element, and finds everything that is wrong with any.
     *
     * @param what the elements are, for people
     */
    static <T> Parsed<List<T>> read(JsonNode node, int most, String what, Function<JsonNode, Parsed<T>> reader) {
        if (!node.isArray() || node.size() > most) {
            return Parsed.invalid("type", "must be an array of at most " + most + " " + what);
        }
        List<T> elements = new ArrayList<>(node.size());
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            String pointer = "/" + i;
            switch (reader.apply(node.get(i))) {
                case Parsed.Valid<T>(T element) -> elements.add(element);
                case Parsed.Invalid<T>(List<Violation> faults) ->
                    faults.forEach(fault -> violations.add(fault.under(pointer)));
            }
        }
        return violations.isEmpty() ? Parsed.valid(elements) : new Parsed.Invalid<>(violations);
    }

    /** Refuses elements that stand there twice. */
    static <T> Parsed<List<T>> distinct(List<T> elements) {
        Set<T> seen = new HashSet<>();
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (!seen.add(elements.get(i))) {
                violations.add(new Violation("/" + i, "repeated", "must not stand there twice"));
            }
        }
        return violations.isEmpty() ? Parsed.valid(elements) : new Parsed.Invalid<>(violations);
    }
}
