package com.medspasync.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.medspasync.input.Fields;
import com.medspasync.input.Json;
import com.medspasync.input.Parsed;
import java.time.DayOfWeek;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The hours of every week.
 *
 * @param days what is not there is a day off
 */
public record WeekHours(Map<DayOfWeek, DayHours> days) {

    public WeekHours {
        Map<DayOfWeek, DayHours> copy = new EnumMap<>(DayOfWeek.class);
        days.forEach((day, hours) -> {
            if (!hours.parts().isEmpty()) {
                copy.put(day, hours);
            }
        });
        days = Collections.unmodifiableMap(copy);
    }

    /** Reads <code>{"monday": [{"from": "09:00", "to": "17:30"}]}</code>; a day that is not named, or has an empty array, is a day off. */
    public static Parsed<WeekHours> read(Fields in) {
        Map<DayOfWeek, DayHours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            days.put(day, DayHours.in(in, name(day)).or(DayHours.NONE));
        }
        return in.finish(() -> new WeekHours(days));
    }

    /** Reads what {@link #json} wrote. */
    public static WeekHours of(JsonNode stored) {
        Map<DayOfWeek, DayHours> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            JsonNode hours = stored.get(name(day));
            if (hours != null) {
                days.put(day, DayHours.of(hours));
            }
        }
        return new WeekHours(days);
    }

    /** Those of {@code day}. */
    public DayHours on(DayOfWeek day) {
        return days.getOrDefault(day, DayHours.NONE);
    }

    /** As it is written and stored, for {@link Json#write}: every day that is not off. */
    public Map<String, List<Map<String, String>>> json() {
        Map<String, List<Map<String, String>>> json = new LinkedHashMap<>();
        days.forEach((day, hours) -> json.put(name(day), hours.json()));
        return json;
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
