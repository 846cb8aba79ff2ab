package com.medspasync.staff;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import com.medspasync.tenant.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which staff members a list shows.
 *
 * @param role only those; null for any
 * @param active only those who can be booked, or who cannot; null for both
 * @param specialization only those who may give services of this category; null for any
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record StaffFilter(
        @Nullable Role role,
        @Nullable Boolean active,
        @Nullable String specialization,
        StaffOrder order,
        int top,
        @Nullable String cursor) {

    public StaffFilter {
        Paging.requireTop(top);
    }

    /** All of them by name. */
    public static StaffFilter all() {
        return new StaffFilter(null, null, null, StaffOrder.LAST_NAME_ASCENDING, Paging.USUAL, null);
    }

    /** Reads the parameters of a query. */
    public static Parsed<StaffFilter> read(Fields in) {
        Role role = StaffDraft.role(in).optional();
        Boolean active = in.flag("active").optional();
        String specialization =
                in.text("specialization", StaffDraft.MAX_CATEGORY).optional();
        StaffOrder order = in.text("orderby", 40).then(StaffOrder::parse).or(StaffOrder.LAST_NAME_ASCENDING);
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        return in.finish(() -> new StaffFilter(role, active, specialization, order, top, cursor));
    }

    /** What is asked, on any of its pages: a cursor goes with it. */
    String question() {
        return "staff " + order.text() + " " + role + " " + active + " " + specialization;
    }

    /** By what it narrows, without by which values: what the audit keeps, as JSON. */
    String criteria() {
        List<String> kinds = new ArrayList<>();
        if (role != null) {
            kinds.add("\"role\"");
        }
        if (active != null) {
            kinds.add("\"active\"");
        }
        if (specialization != null) {
            kinds.add("\"specialization\"");
        }
        return "[" + String.join(",", kinds) + "]";
    }
}
