package com.medspasync.services;

import com.medspasync.input.Change;
import com.medspasync.input.Fields;
import com.medspasync.input.Parsed;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What is to become of a service; null keeps what cannot be empty. The components are those of {@link Service}. */
public record ServicePatch(
        @Nullable String name,
        @Nullable String category,
        Change<String> description,
        @Nullable Integer duration,
        @Nullable Integer bufferBefore,
        @Nullable Integer bufferAfter,
        @Nullable BigDecimal price,
        @Nullable Boolean active) {

    /** Reads a merge patch. */
    public static Parsed<ServicePatch> read(Fields in) {
        String name = in.text("name", ServiceDraft.MAX_NAME).changeOnly().valueOrNull();
        String category =
                in.text("category", ServiceDraft.MAX_NAME).changeOnly().valueOrNull();
        Change<String> description =
                in.lines("description", ServiceDraft.MAX_DESCRIPTION).change();
        Integer duration = in.integer("duration", 1, ServiceDraft.MOST_MINUTES)
                .changeOnly()
                .valueOrNull();
        Integer before = in.integer("bufferBefore", 0, ServiceDraft.MOST_MINUTES)
                .changeOnly()
                .valueOrNull();
        Integer after = in.integer("bufferAfter", 0, ServiceDraft.MOST_MINUTES)
                .changeOnly()
                .valueOrNull();
        BigDecimal price =
                in.amount("price", ServiceDraft.MAX_PRICE).changeOnly().valueOrNull();
        Boolean active = in.flag("active").changeOnly().valueOrNull();
        return in.finish(() -> new ServicePatch(name, category, description, duration, before, after, price, active));
    }
}
