package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One field on its way from JSON to a {@code T}. It ends in exactly one of {@link #required}, {@link #optional}, {@link #or},
 * {@link #change} and {@link #changeOnly}, each of which reports what is wrong with the field to its {@link Fields}.
 *
 * @param <T> what the field holds
 */
public final class Value<T> {

    private final Fields fields;
    private final String name;
    private final @Nullable JsonNode node;
    private final Function<JsonNode, Parsed<T>> reader;

    Value(Fields fields, String name, @Nullable JsonNode node, Function<JsonNode, Parsed<T>> reader) {
        this.fields = fields;
        this.name = name;
        this.node = node;
        this.reader = reader;
    }

    /** Reads on: what {@code parser} makes of the value, such as {@code in.text("email", 254).then(EmailAddress::parse)}. */
    public <U> Value<U> then(Function<T, Parsed<U>> parser) {
        return new Value<>(fields, name, node, json -> switch (reader.apply(json)) {
            case Parsed.Valid<T>(T value) -> parser.apply(value);
            case Parsed.Invalid<T>(var violations) -> new Parsed.Invalid<>(violations);
        });
    }

    /** Refuses a value that {@code rule} does not hold for. */
    public Value<T> check(Predicate<T> rule, String code, String message) {
        return then(value -> rule.test(value) ? Parsed.valid(value) : Parsed.invalid(code, message));
    }

    /** The field has to be there: absent and {@code null} are the violation {@code required}. */
    public Given<T> required() {
        if (isAbsent() || isNull()) {
            fields.reject(name, "required", "must be given");
            return closed(new Given<>(null));
        }
        return closed(new Given<>(read()));
    }

    /** The value; null when the field is absent or {@code null}, and when it is at fault, which {@link Fields#finish} reports. */
    public @Nullable T optional() {
        fields.closed();
        return isAbsent() || isNull() ? null : read();
    }

    /** The value, or {@code fallback} where {@link #optional} gives null. */
    public T or(T fallback) {
        T value = optional();
        return value == null ? fallback : value;
    }

    /** What a merge patch says about the field: absent keeps, {@code null} clears. */
    public Change<T> change() {
        return closed(isNull() ? new Change.Clear<>() : set());
    }

    /** As {@link #change}, for a field that cannot be empty: {@code null} is the violation {@code required}. */
    public Change<T> changeOnly() {
        if (isNull()) {
            fields.reject(name, "required", "cannot be emptied");
            return closed(new Change.Keep<>());
        }
        return closed(set());
    }

    private Change<T> set() {
        T value = isAbsent() ? null : read();
        return value == null ? new Change.Keep<>() : new Change.Set<>(value);
    }

    private boolean isAbsent() {
        return node == null;
    }

    private boolean isNull() {
        return node != null && node.isNull();
    }

    private @Nullable T read() {
        if (node == null) {
            return null;
        }
        return switch (reader.apply(node)) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var violations) -> {
                fields.reject(name, violations);
                yield null;
            }
        };
    }

    private <R> R closed(R result) {
        fields.closed();
        return result;
    }
}
