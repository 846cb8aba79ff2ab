package com.medspasync.availability;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * How clocks go in a practice's time zone, as the database has it and not as this Java does: time zones change with little notice, and the two learn of it at different times.
 * A booking is checked by the database, so what is offered has to be by the same rules. (When this was written, the database knew that Vancouver keeps its summer time and Java did not.)
 */
final class Clocks {

    private Clocks() {}

    /**
     * Reads an array of pairs: a time, in seconds since 1970, and what the clocks are ahead of UTC from then on, in seconds. The first holds before its time as well.
     */
    static ZoneRules of(String json) {
        JsonNode changes = Composed.read(json);
        ZoneOffset first = offset(changes.get(0));
        ZoneOffset before = first;
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        for (int i = 1; i < changes.size(); i++) {
            Instant at = Instant.ofEpochSecond(changes.get(i).get(0).longValue());
            ZoneOffset after = offset(changes.get(i));
            transitions.add(ZoneOffsetTransition.of(LocalDateTime.ofInstant(at, before), before, after));
            before = after;
        }
        return ZoneRules.of(first, first, List.of(), transitions, List.of());
    }

    private static ZoneOffset offset(JsonNode change) {
        return ZoneOffset.ofTotalSeconds(change.get(1).intValue());
    }
}
