package com.medspasync.staff;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which days with other hours a list shows, by their first day.
 *
 * @param staffId only those of this staff member; null for all, and the practice's own
 * @param from only those that last until then or longer; null for no bound
 * @param to only those that begin then or earlier; null for no bound
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record ExceptionFilter(
        @Nullable UUID staffId,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        int top,
        @Nullable String cursor) {

    public ExceptionFilter {
        Paging.requireTop(top);
    }

    /** Reads the parameters of a query. */
    public static Parsed<ExceptionFilter> read(Fields in) {
        UUID staffId = in.uuid("staffId").optional();
        LocalDate from = in.date("from").optional();
        LocalDate to = in.date("to").optional();
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        if (from != null && to != null && to.isBefore(from)) {
            in.reject("to", "range", "must not be before from");
        }
        return in.finish(() -> new ExceptionFilter(staffId, from, to, top, cursor));
    }

    /** What is asked, on any of its pages: a cursor goes with it. */
    String question() {
        return "schedule exceptions " + staffId + " " + from + " " + to;
    }

    /** By what it narrows, without by which values: what the audit keeps, as JSON. */
    String criteria() {
        List<String> kinds = new ArrayList<>();
        if (staffId != null) {
            kinds.add("\"staffId\"");
        }
        if (from != null) {
            kinds.add("\"from\"");
        }
        if (to != null) {
            kinds.add("\"to\"");
        }
        return "[" + String.join(",", kinds) + "]";
    }
}
