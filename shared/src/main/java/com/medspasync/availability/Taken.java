package com.medspasync.availability;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** When a staff member is taken, buffers included: ranges {@code [from, to)} in seconds since 1970, in order, none of which overlap. */
final class Taken {

    private final long[] from;
    private final long[] to;

    private Taken(long[] from, long[] to) {
        this.from = from;
        this.to = to;
    }

    /** Reads an array of pairs; null for never. */
    static Taken of(@Nullable String json) {
        JsonNode ranges = Composed.read(json == null ? "[]" : json);
        long[] from = new long[ranges.size()];
        long[] to = new long[ranges.size()];
        for (int i = 0; i < from.length; i++) {
            from[i] = ranges.get(i).get(0).longValue();
            to[i] = ranges.get(i).get(1).longValue();
        }
        return new Taken(from, to);
    }

    /** Whether none of {@code [begin, end)} is taken. */
    boolean isFree(long begin, long end) {
        int found = Arrays.binarySearch(from, begin);
        // The last range that begins at or before, and the one after it.
        int last = found >= 0 ? found : -found - 2;
        boolean before = last < 0 || to[last] <= begin;
        boolean after = last + 1 == from.length || from[last + 1] >= end;
        return before && after;
    }
}
