package com.medspasync.services;

import com.medspasync.input.Fields;
import com.medspasync.input.Given;
import com.medspasync.input.Parsed;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A service that is to be; the components are those of {@link Service}. */
public record ServiceDraft(
        String name,
        String category,
        @Nullable String description,
        int duration,
        int bufferBefore,
        int bufferAfter,
        BigDecimal price,
        boolean active) {

    /** In Unicode code points, of the name and of the category. */
    public static final int MAX_NAME = 100;

    /** In Unicode code points. */
    public static final int MAX_DESCRIPTION = 2_000;

    /** A day: the longest that an appointment, or the time before or after it, may be. */
    public static final int MOST_MINUTES = 24 * 60;

    /** The highest price. */
    public static final BigDecimal MAX_PRICE = new BigDecimal("99999.99");

    /** Reads one from the body of a request. */
    public static Parsed<ServiceDraft> read(Fields in) {
        Given<String> name = in.text("name", MAX_NAME).required();
        Given<String> category = in.text("category", MAX_NAME).required();
        String description = in.lines("description", MAX_DESCRIPTION).optional();
        Given<Integer> duration = in.integer("duration", 1, MOST_MINUTES).required();
        int before = in.integer("bufferBefore", 0, MOST_MINUTES).or(0);
        int after = in.integer("bufferAfter", 0, MOST_MINUTES).or(0);
        Given<BigDecimal> price = in.amount("price", MAX_PRICE).required();
        boolean active = in.flag("active").or(true);
        return in.finish(() -> new ServiceDraft(
                name.value(), category.value(), description, duration.value(), before, after, price.value(), active));
    }
}
