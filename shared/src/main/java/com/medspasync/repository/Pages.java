package com.medspasync.repository;

import com.medspasync.tenant.PracticeId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cuts lists into pages, each of which knows where the next begins. Thread-safe. */
public final class Pages {

    private final Cursors cursors;

    public Pages(Cursors cursors) {
        this.cursors = cursors;
    }

    /**
     * A record in its place.
     *
     * @param position its sort key, by which the page after it begins
     */
    public record Placed<S>(S item, List<String> position) {
        public Placed {
            position = List.copyOf(position);
        }
    }

    /**
     * One page.
     *
     * @param question what is listed, by which filters and in which order: a cursor goes with it
     * @param top how many records it shows at most
     * @param cursor as the page before said; null for the first
     * @param read gives what follows a position, or the first if that is null, and one record more than {@code top} if there are as many
     */
    public <S> Listing<S> page(
            PracticeId practice,
            String question,
            int top,
            @Nullable String cursor,
            Function<@Nullable List<String>, List<Placed<S>>> read) {
        List<String> after = null;
        if (cursor != null) {
            Optional<List<String>> position = cursors.open(practice, question, cursor);
            if (position.isEmpty()) {
                return new Listing.BadCursor<>();
            }
            after = position.get();
        }
        List<Placed<S>> placed = read.apply(after);
        String next = placed.size() > top
                ? cursors.seal(practice, question, placed.get(top - 1).position())
                : null;
        return new Listing.Page<>(placed.stream().limit(top).map(Placed::item).toList(), next);
    }
}
