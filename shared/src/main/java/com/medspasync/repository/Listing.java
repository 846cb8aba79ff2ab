package com.medspasync.repository;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What became of asking for a page. */
public sealed interface Listing<S> {

    /** The same page of what {@code function} makes of its items. */
    default <T> Listing<T> map(Function<S, T> function) {
        return switch (this) {
            case Page<S>(var items, var next) ->
                new Page<>(items.stream().map(function).toList(), next);
            case BadCursor<S>() -> new BadCursor<>();
        };
    }

    /**
     * One page.
     *
     * @param items in the order asked for
     * @param next where the next page begins, for the same question; null on the last page
     */
    record Page<S>(List<S> items, @Nullable String next) implements Listing<S> {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** The cursor is not one that this question was answered with. */
    record BadCursor<S>() implements Listing<S> {}
}
