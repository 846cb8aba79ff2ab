package com.medspasync.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.input.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The hours of one day, none of them twice; none at all on a day off.
 *
 * @param parts in order; those that touch are one
 */
public record DayHours(List<TimeRange> parts) {

    /** The most parts that a day may be given in. */
    public static final int MOST_PARTS = 12;

    /** A day off. */
    public static final DayHours NONE = new DayHours(List.of());

    /** The whole day. */
    public static final DayHours ALL = new DayHours(List.of(new TimeRange(0, 24 * 60)));

    /** @throws IllegalArgumentException when parts are not in order, overlap or touch */
    public DayHours {
        parts = List.copyOf(parts);
        for (int i = 1; i < parts.size(); i++) {
            if (parts.get(i).from() <= parts.get(i - 1).to()) {
                throw new IllegalArgumentException("hours that are not in order, or not apart");
            }
        }
    }

    /** An array of at most {@link #MOST_PARTS} parts, in any order, that do not overlap. */
    public static Value<DayHours> in(Fields in, String name) {
        return in.objects(name, MOST_PARTS, TimeRange::read).then(DayHours::of);
    }

    /** The hours that {@code parts} add up to, in whichever order they are. */
    public static Parsed<DayHours> of(List<TimeRange> parts) {
        List<TimeRange> joined = new ArrayList<>();
        for (TimeRange part :
                parts.stream().sorted(Comparator.comparingInt(TimeRange::from)).toList()) {
            TimeRange last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && part.from() < last.to()) {
                return Parsed.invalid("overlap", "must not have parts that overlap");
            }
            if (last != null && part.from() == last.to()) {
                joined.set(joined.size() - 1, new TimeRange(last.from(), part.to()));
            } else {
                joined.add(part);
            }
        }
        return Parsed.valid(new DayHours(joined));
    }

    /** Reads what {@link #json} wrote. */
    public static DayHours of(JsonNode stored) {
        List<TimeRange> parts = new ArrayList<>();
        for (JsonNode part : stored) {
            switch (TimeRange.read(Fields.of((ObjectNode) part))) {
                case Parsed.Valid<TimeRange>(TimeRange range) -> parts.add(range);
                case Parsed.Invalid<TimeRange> invalid ->
                    throw new IllegalArgumentException("hours that nobody wrote here");
            }
        }
        return new DayHours(parts);
    }

    /** As it is written and stored: <code>[{"from": "09:00", "to": "17:30"}]</code>. */
    public List<Map<String, String>> json() {
        return parts.stream()
                .map(part -> Map.of("from", part.fromText(), "to", part.toText()))
                .toList();
    }
}
