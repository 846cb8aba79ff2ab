package com.medspasync.clients;

import com.medspasync.repository.Creation;
import com.medspasync.repository.Listing;
import com.medspasync.repository.Lookup;
import com.medspasync.repository.Restoration;
import com.medspasync.repository.Update;
import java.util.List;

/** Takes the value out of an outcome that has to be the good one. */
public final class Outcomes {

    private Outcomes() {}

    public static Client created(Creation<Client> creation) {
        return switch (creation) {
            case Creation.Created<Client>(Client client) -> client;
            case Creation<Client> other -> throw new AssertionError(other.toString());
        };
    }

    public static Client found(Lookup<Client> lookup) {
        return switch (lookup) {
            case Lookup.Found<Client>(Client client) -> client;
            case Lookup<Client> other -> throw new AssertionError(other.toString());
        };
    }

    public static Client updated(Update<Client> update) {
        return switch (update) {
            case Update.Updated<Client>(Client client) -> client;
            case Update<Client> other -> throw new AssertionError(other.toString());
        };
    }

    public static Client restored(Restoration<Client> restoration) {
        return switch (restoration) {
            case Restoration.Restored<Client>(Client client) -> client;
            case Restoration<Client> other -> throw new AssertionError(other.toString());
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
    public static List<String> names(Listing<ClientSummary> listing) {
        return page(listing).items().stream()
                .map(item -> item.firstName().value() + " " + item.lastName().value())
                .toList();
    }
}
