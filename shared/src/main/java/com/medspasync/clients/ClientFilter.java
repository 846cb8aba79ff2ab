package com.medspasync.clients;

import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import com.medspasync.repository.Cursors;
import com.medspasync.repository.Paging;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clients a list shows.
 *
 * @param status only those; null for any
 * @param createdFrom only those created then or later; null for no bound
 * @param createdTo only those created earlier than that; null for no bound
 * @param top how many on a page, 1 to {@link Paging#MOST}
 * @param cursor where the page begins, as the page before said; null for the first
 */
public record ClientFilter(
        @Nullable ClientStatus status,
        @Nullable Instant createdFrom,
        @Nullable Instant createdTo,
        ClientOrder order,
        int top,
        @Nullable String cursor) {

    public ClientFilter {
        Paging.requireTop(top);
    }

    /** The newest clients first. */
    public static ClientFilter all() {
        return new ClientFilter(null, null, null, ClientOrder.CREATED_DESCENDING, Paging.USUAL, null);
    }

    /** Reads the parameters of a query. */
    public static Parsed<ClientFilter> read(Fields in) {
        ClientStatus status = in.choice("status", ClientStatus.class).optional();
        Instant createdFrom = in.instant("createdFrom").optional();
        Instant createdTo = in.instant("createdTo").optional();
        ClientOrder order = in.text("orderby", 40).then(ClientOrder::parse).or(ClientOrder.CREATED_DESCENDING);
        int top = in.integer("top", 1, Paging.MOST).or(Paging.USUAL);
        String cursor = in.text("cursor", Cursors.MAX_LENGTH).optional();
        if (createdFrom != null && createdTo != null && !createdFrom.isBefore(createdTo)) {
            in.reject("createdTo", "range", "must be after createdFrom");
        }
        return in.finish(() -> new ClientFilter(status, createdFrom, createdTo, order, top, cursor));
    }

    /** The page after this one. */
    public ClientFilter from(String next) {
        return new ClientFilter(status, createdFrom, createdTo, order, top, next);
    }

    /** What tells this filter from another, on any of its pages. It says what is looked for: only for what is encrypted. */
    String fingerprint() {
        return status + "\n" + createdFrom + "\n" + createdTo;
    }

    /** By what it narrows, without by which values: what the audit keeps. */
    List<String> criteria() {
        List<String> kinds = new ArrayList<>();
        if (status != null) {
            kinds.add("status");
        }
        if (createdFrom != null) {
            kinds.add("createdFrom");
        }
        if (createdTo != null) {
            kinds.add("createdTo");
        }
        return kinds;
    }
}
