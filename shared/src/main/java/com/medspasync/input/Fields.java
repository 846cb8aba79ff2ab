package com.medspasync.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one JSON object, or the parameters of one query, and collects every fault in them.
 *
 * <pre>{@code
 * static Parsed<NewClient> read(Fields in) {
 *     Given<String> firstName = in.text("firstName", 100).required();
 *     EmailAddress email = in.text("email", 254).then(EmailAddress::parse).optional();
 *     Address address = in.object("address", Address::read).optional();
 *     return in.finish(() -> new NewClient(firstName.value(), email, address));
 * }
 * }</pre>
 *
 * A merge patch (RFC 7396) is read with {@link Value#change} in place of {@code required} and {@code optional}.
 *
 * <p>For one thread.
 */
public final class Fields {

    private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.$-]{1,64}");

    /** Past this many violations no more are listed: an answer is not to be blown up by a hostile body. */
    static final int MAX_VIOLATIONS = 100;

    private final ObjectNode object;
    private final boolean parameters;
    private final Set<String> known = new HashSet<>();
    private final List<Violation> violations = new ArrayList<>();
    private int open;

    private Fields(ObjectNode object, boolean parameters) {
        this.object = object;
        this.parameters = parameters;
    }

    /** The fields of a JSON object that {@link Json#read} has read. Violations name them by JSON Pointer: {@code /email}. */
    public static Fields of(ObjectNode object) {
        return new Fields(object, false);
    }

    /** The parameters of a query. Violations name them as they are: {@code top}. Numbers and flags are read from text. */
    public static Fields ofParameters(Map<String, String> parameters) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        parameters.forEach(object::put);
        return new Fields(object, true);
    }

    /**
     * One line of text without control characters, normalised to NFC, white space around it removed; not blank.
     *
     * @param max the most Unicode code points it may have
     */
    public Value<String> text(String name, int max) {
        return value(name, node -> Text.line(node, max));
    }

    /** As {@link #text}, of any number of lines: line breaks (made {@code \n}) and tabs are kept. */
    public Value<String> lines(String name, int max) {
        return value(name, node -> Text.lines(node, max));
    }

    /** Text exactly as it was sent, not even trimmed: for passwords and tokens. */
    public Value<String> secret(String name, int max) {
        return value(name, node -> Text.secret(node, max));
    }

    /** An integer in {@code min..max}. */
    public Value<Integer> integer(String name, int min, int max) {
        return value(name, node -> Scalars.integer(node, parameters, min, max));
    }

    /** {@code true} or {@code false}. */
    public Value<Boolean> flag(String name) {
        return value(name, node -> Scalars.flag(node, parameters));
    }

    /** A calendar date, {@code 1984-02-29} (RFC 3339 full-date), in the years 1 to 9999. */
    public Value<LocalDate> date(String name) {
        return value(name, Scalars::date);
    }

    /**
     * A point in time with its offset, {@code 2026-01-31T09:30:00Z} (RFC 3339 date-time), which in UTC lies in the years 1 to 9999, up to
     * their last microsecond.
     */
    public Value<Instant> instant(String name) {
        return value(name, Scalars::instant);
    }

    /** A UUID in its one canonical length (RFC 9562, section 4). */
    public Value<UUID> uuid(String name) {
        return value(name, Scalars::uuid);
    }

    /** One of the constants of {@code type}, by its exact name. */
    public <E extends Enum<E>> Value<E> choice(String name, Class<E> type) {
        return value(name, node -> Scalars.choice(node, type));
    }

    /** A JSON array of constants of {@code type}, by their exact names, none of them twice; it may be empty. Not for a query. */
    public <E extends Enum<E>> Value<Set<E>> choices(String name, Class<E> type) {
        int most = type.getEnumConstants().length;
        return this.<List<E>>value(
                        name, node -> Elements.read(node, most, "texts", element -> Scalars.choice(element, type)))
                .then(Elements::distinct)
                .then(chosen -> Parsed.valid(constants(type, chosen)));
    }

    private static <E extends Enum<E>> Set<E> constants(Class<E> type, List<E> chosen) {
        Set<E> constants = EnumSet.noneOf(type);
        constants.addAll(chosen);
        return constants;
    }

    /** A JSON object, read by {@code reader}, whose violations appear under this field's pointer. */
    public <T> Value<T> object(String name, Function<Fields, Parsed<T>> reader) {
        return value(
                name,
                node -> node instanceof ObjectNode nested
                        ? reader.apply(Fields.of(nested))
                        : Parsed.invalid("type", "must be an object"));
    }

    /** A JSON array of at most {@code most} objects, each read by {@code reader}; it may be empty. Not for a query. */
    public <T> Value<List<T>> objects(String name, int most, Function<Fields, Parsed<T>> reader) {
        return value(
                name,
                node -> Elements.read(
                        node,
                        most,
                        "objects",
                        element -> element instanceof ObjectNode nested
                                ? reader.apply(Fields.of(nested))
                                : Parsed.invalid("type", "must be an object")));
    }

    /** A JSON array of at most {@code most} texts, each as {@link #text} has it, none of them twice; it may be empty. Not for a query. */
    public Value<List<String>> texts(String name, int most, int max) {
        return this.<List<String>>value(
                        name, node -> Elements.read(node, most, "texts", element -> Text.line(element, max)))
                .then(Elements::distinct);
    }

    /** An amount of money from 0 to {@code max}, with at most two decimals: a JSON number, {@code 149.5}. Not for a query. */
    public Value<BigDecimal> amount(String name, BigDecimal max) {
        return value(name, node -> Scalars.amount(node, max));
    }

    /** Whether the field is there and not {@code null}, right or wrong: for rules across fields. */
    public boolean isGiven(String name) {
        JsonNode node = object.get(name);
        return node != null && !node.isNull();
    }

    /** Reports a fault that a rule across fields has found; {@code name} is empty for the object as a whole. */
    public void reject(String name, String code, String message) {
        reject(name, List.of(new Violation("", code, message)));
    }

    /**
     * Ends the reading: every field that was not asked for is the violation {@code unknown}. It is named if its name is one that a
     * program would give; any other name is the sender's own text, and only that there was one is told.
     *
     * @param whole makes the value; runs only when there is no violation
     * @throws IllegalStateException when a {@link Value} was opened but not ended: a fault in the code that reads
     */
    public <T> Parsed<T> finish(Supplier<T> whole) {
        if (open != 0) {
            throw new IllegalStateException("a field was named but never read");
        }
        rejectUnknown();
        return violations.isEmpty() ? Parsed.valid(whole.get()) : new Parsed.Invalid<>(violations);
    }

    private void rejectUnknown() {
        boolean hidden = false;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (known.contains(name)) {
                continue;
            }
            if (isShown(name)) {
                String whole = parameters ? "is not a parameter of this operation" : "is not a field of this resource";
                reject(name, "unknown", whole);
            } else {
                hidden = true;
            }
        }
        if (hidden) {
            reject("", "unknown", parameters ? "has an unknown parameter" : "has an unknown field");
        }
    }

    void reject(String name, List<Violation> faults) {
        String pointer = name.isEmpty() || parameters ? name : "/" + escaped(name);
        for (Violation fault : faults) {
            if (violations.size() < MAX_VIOLATIONS) {
                violations.add(fault.under(pointer));
            }
        }
    }

    void closed() {
        open--;
    }

    private <T> Value<T> value(String name, Function<JsonNode, Parsed<T>> reader) {
        if (!known.add(name)) {
            throw new IllegalStateException("the field " + name + " is read twice");
        }
        open++;
        @Nullable JsonNode node = object.get(name);
        return new Value<>(this, name, node, reader);
    }

    /** Whether a name that the client made up may go back to it: not what could be a person's, or markup, or of any length. */
    static boolean isShown(String name) {
        return SHOWN.matcher(name).matches();
    }

    /** RFC 6901, section 3. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
