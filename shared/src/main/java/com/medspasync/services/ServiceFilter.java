package com.medspasync.services;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import org.jspecify.annotations.Nullable;

/**
 * Which services a list shows.
 *
 * @param category only those; null for any
 * @param active only those that can be booked, or that cannot; null for both
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record ServiceFilter(
        @Nullable String category,
        @Nullable Boolean active,
        ServiceOrder order,
        int top,
        @Nullable String cursor) {

    public ServiceFilter {
        Paging.requireTop(top);
    }

    /** All of them by name. */
    public static ServiceFilter all() {
        return new ServiceFilter(null, null, ServiceOrder.NAME_ASCENDING, Paging.USUAL, null);
    }

    /** Reads the parameters of a query. */
    public static Parsed<ServiceFilter> read(Fields in) {
        String category = in.text("category", ServiceDraft.MAX_NAME).optional();
        Boolean active = in.flag("active").optional();
        ServiceOrder order = in.text("orderby", 40).then(ServiceOrder::parse).or(ServiceOrder.NAME_ASCENDING);
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        return in.finish(() -> new ServiceFilter(category, active, order, top, cursor));
    }

    /** What is asked, on any of its pages: a cursor goes with it. */
    String question() {
        return "services " + order.text() + " " + active + " " + category;
    }
}
