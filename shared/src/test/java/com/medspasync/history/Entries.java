package com.medspasync.history;

import com.medspasync.repository.Listing;
import com.medspasync.tenant.Caller;
import java.util.List;
import java.util.UUID;
import org.assertj.core.groups.Tuple;

/** Says in short what entries of a history are. */
public final class Entries {

    private Entries() {}

    /** Who did what from where: the action, the user, the address and the request. */
    public static Tuple by(HistoryEntry.Action action, Caller caller) {
        return Tuple.tuple(
                action,
                caller.user(),
                caller.origin().address(),
                caller.origin().requestId());
    }

    /** Each change as {@code field: before -> after}. */
    public static List<String> told(HistoryEntry entry) {
        return entry.changes().stream()
                .map(change -> change.field() + ": " + change.before() + " -> " + change.after())
                .toList();
    }

    public static List<UUID> ids(Listing.Page<HistoryEntry> page) {
        return page.items().stream().map(HistoryEntry::id).toList();
    }
}
