package com.medspasync.clients;

import com.medspasync.history.HistoryEntry;
import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import java.util.List;

/** Takes the value out of an outcome that has to be the good one. */
public final class Outcomes {

    private Outcomes() {}

    public static ClientView created(Creation<ClientView> creation) {
        return switch (creation) {
            case Creation.Created<ClientView>(ClientView client) -> client;
            case Creation<ClientView> other -> throw new AssertionError(other.toString());
        };
    }

    public static ClientView found(Lookup<ClientView> lookup) {
        return switch (lookup) {
            case Lookup.Found<ClientView>(ClientView client) -> client;
            case Lookup<ClientView> other -> throw new AssertionError(other.toString());
        };
    }

    public static ClientView updated(Update<ClientView> update) {
        return switch (update) {
            case Update.Updated<ClientView>(ClientView client) -> client;
            case Update<ClientView> other -> throw new AssertionError(other.toString());
        };
    }

    public static ClientView restored(Restoration<ClientView> restoration) {
        return switch (restoration) {
            case Restoration.Restored<ClientView>(ClientView client) -> client;
            case Restoration<ClientView> other -> throw new AssertionError(other.toString());
        };
    }

    public static <S> Listing.Page<S> page(Listing<S> listing) {
        return switch (listing) {
            case Listing.Page<S> page -> page;
            case Listing.BadCursor<S>() -> throw new AssertionError("bad cursor");
        };
    }

    public static Listing.Page<HistoryEntry> history(Lookup<Listing<HistoryEntry>> lookup) {
        return switch (lookup) {
            case Lookup.Found<Listing<HistoryEntry>>(Listing<HistoryEntry> listing) -> page(listing);
            case Lookup<Listing<HistoryEntry>> other -> throw new AssertionError(other.toString());
        };
    }

    /** First and last names, in the order shown. */
    public static List<String> names(Listing<ClientSummaryView> listing) {
        return page(listing).items().stream()
                .map(item -> item.firstName() + " " + item.lastName())
                .toList();
    }
}
